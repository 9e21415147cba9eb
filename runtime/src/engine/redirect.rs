//! Where a redirect leads, and what goes along (HTTP-16, HTTP-17, HTTP-45; RFC 9110, section 15.4).

use super::connection::Address;
use super::destination::Destination;
use super::header_line::HeaderLine;

/// How many redirects one request may meet.
const LIMIT: usize = 10;
/// Headers that are for the first server only.
const PRIVATE: [&str; 4] = ["Authorization", "Cookie", "Proxy-Authorization", "Host"];

/// Why a redirect is not followed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct RefusedRedirect {
    /// For the parameter of the status line.
    pub(super) short: &'static str,
    pub(super) why: String,
}

impl RefusedRedirect {
    fn bad(why: &str) -> Self {
        Self { short: "bad redirect", why: why.to_owned() }
    }
}

/// What one request was sent as so far.
#[derive(Debug, Default)]
pub(super) struct Trail(Vec<String>);

impl Trail {
    /// Goes on from one place to the next, unless that is one too many, or was there before. `shown` is what may be told
    /// of the next one.
    pub(super) fn go_on(&mut self, from: String, next: &str, shown: &str) -> Result<(), RefusedRedirect> {
        self.0.push(from);
        if self.0.len() > LIMIT {
            return Err(RefusedRedirect { short: "too many redirects", why: format!("more than {LIMIT} redirects") });
        }
        if self.0.iter().any(|place| place == next) {
            let why = format!("the redirect to {shown} leads in a circle");
            return Err(RefusedRedirect { short: "redirect loop", why });
        }
        Ok(())
    }
}

/// The server and the target that `location` names in the answer of the server `to` to a request for `target`.
pub(super) fn leads_to(
    to: &Destination,
    target: &str,
    location: &str,
) -> Result<(Destination, Box<str>), RefusedRedirect> {
    let location = location.trim().split('#').next().unwrap_or_default();
    let no_address = || RefusedRedirect::bad("a redirect names no usable address");
    if location.chars().any(|char| char.is_control() || char == ' ' || !char.is_ascii()) {
        return Err(no_address());
    }
    let (next, target) = if is_absolute(location) {
        absolute(to, location).ok_or_else(no_address)?
    } else if let Some(rest) = location.strip_prefix("//") {
        let scheme = if to.secure { "https" } else { "http" };
        absolute(to, &format!("{scheme}://{rest}")).ok_or_else(no_address)?
    } else {
        (to.clone(), relative(target, location).into())
    };
    // As the library of the platform: what was asked for in secret is not asked for in the open.
    if to.secure && !next.secure {
        return Err(RefusedRedirect::bad("a redirect leads from TLS to a connection without"));
    }
    Ok((next, target))
}

/// The header lines that go along: to another server neither logins nor cookies nor secrets.
pub(super) fn kept(headers: &[HeaderLine], from: &Destination, to: &Destination) -> Vec<HeaderLine> {
    if to.is_same_server(from) {
        return headers.to_vec();
    }
    let is_private = |line: &HeaderLine| line.secret || PRIVATE.iter().any(|name| line.is(name));
    let host = HeaderLine::new("Host", to.host_line());
    std::iter::once(host).chain(headers.iter().filter(|line| !is_private(line)).cloned()).collect()
}

/// Whether a URL begins with a scheme. A `://` further on, as in a query, is none.
pub(super) fn is_absolute(url: &str) -> bool {
    let Some((scheme, _)) = url.split_once("://") else { return false };
    !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

fn absolute(to: &Destination, location: &str) -> Option<(Destination, Box<str>)> {
    let address = Address::parse(location, true).ok()?;
    let secure = address.secure?;
    let port = address.port.unwrap_or(Address::default_port(secure));
    let target = address.path.unwrap_or_else(|| "/".into());
    Some((Destination { secure, host: address.host, port, ..to.clone() }, target))
}

/// RFC 3986, section 5.2, for what has neither a scheme nor a host.
fn relative(base: &str, reference: &str) -> String {
    let path = base.split('?').next().unwrap_or_default();
    if reference.is_empty() {
        return base.to_owned();
    }
    if reference.starts_with('?') {
        return format!("{path}{reference}");
    }
    let folder = if reference.starts_with('/') { "" } else { path.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let joined = format!("{folder}/{}", reference.trim_start_matches('/'));
    let (path, query) = joined.split_once('?').map_or((joined.as_str(), None), |(path, query)| (path, Some(query)));
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/').skip(1) {
        match segment {
            "." => {}
            ".." => drop(segments.pop()),
            segment => segments.push(segment),
        }
    }
    if path.ends_with("/.") || path.ends_with("/..") {
        segments.push("");
    }
    let path = format!("/{}", segments.join("/"));
    query.map_or(path.clone(), |query| format!("{path}?{query}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http_05_a_url_with_a_scheme_is_absolute() {
        for (url, absolute) in [
            ("http://device/x", true),
            ("HTTPS://device", true),
            ("x-nmos/node", false),
            ("/login?next=http://device/x", false),
            ("://device", false),
            ("", false),
        ] {
            assert_eq!(is_absolute(url), absolute, "{url}");
        }
    }
}
