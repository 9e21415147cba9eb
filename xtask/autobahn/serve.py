# Runs the Autobahn test suite as a server on Python 2.7: serve.py PACKAGES SPEC
import site
import sys

packages, spec = sys.argv[1:]
# As a folder of its own, so that the .pth file in it makes `zope` a package.
site.addsitedir(packages)

from autobahntestsuite.wstest import run

sys.argv = ["wstest", "--mode=fuzzingserver", "--webport=0", "--spec=" + spec]
run()
