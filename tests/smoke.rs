//! The fuzz targets of `fuzz/` on mutated seeds: the same inputs on every run, in seconds, without a nightly compiler.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails where something is not there")]

use std::fs;
use std::ops::Range;
use std::path::Path;
use std::time::{Duration, Instant};

use genlock_codegen::fuzzing;
use genlock_corpus::{connectors, fragments};
use genlock_tests::Random;

/// Pieces that mean something to XML, and signs that are easily forgotten.
const PIECES: [&str; 20] = [
    "<", ">", "/", "\"", "'", "&", ";", "=", ":", ",", "|", "(", ")", " AND ", "id:", "&#0;", "\0", "\u{feff}", "é",
    "😀",
];
/// How long each target is run at most, so that slow machines are not held up; a fast one gets through all rounds.
const LIMIT: Duration = Duration::from_secs(15);

/// The words that targets put into inputs, from the dictionary of libFuzzer.
fn words() -> Vec<Vec<u8>> {
    let dictionary = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/connector.dict")).unwrap();
    let quoted = dictionary.lines().filter_map(|line| line.strip_prefix('"')?.strip_suffix('"'));
    quoted.map(|word| word.replace("\\\"", "\"").replace("\\\\", "\\").into_bytes()).collect()
}

/// A range of up to `length` bytes within `bytes`.
fn range(random: &mut Random, bytes: &[u8], length: usize) -> Range<usize> {
    let start = random.below(bytes.len() + 1);
    start..(start + random.below(length)).min(bytes.len())
}

fn mutate(bytes: &mut Vec<u8>, words: &[Vec<u8>], random: &mut Random) {
    match random.below(7) {
        0 => drop(bytes.drain(range(random, bytes, 200))),
        1 => {
            let range = range(random, bytes, 8);
            bytes.splice(range, PIECES[random.below(PIECES.len())].bytes());
        }
        2 => {
            let range = range(random, bytes, 12);
            bytes.splice(range, words[random.below(words.len())].iter().copied());
        }
        3 => {
            let copied = bytes[range(random, bytes, 600)].to_vec();
            let at = random.below(bytes.len() + 1);
            bytes.splice(at..at, copied);
        }
        4 => {
            let flipped = u8::try_from(random.below(256)).unwrap();
            let at = random.below(bytes.len());
            bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= flipped);
        }
        5 => bytes.truncate(random.below(bytes.len() + 1)),
        // A number becomes another one: references, ids and times.
        _ => {
            let digits: Vec<usize> = (0..bytes.len()).filter(|&at| bytes[at].is_ascii_digit()).collect();
            if let Some(&at) = digits.get(random.below(digits.len())) {
                bytes[at] = b'0' + u8::try_from(random.below(10)).unwrap();
            }
        }
    }
}

/// Runs `target` on the seeds as they are and on `rounds` mutations of them.
fn run(seeds: &[Vec<u8>], rounds: usize, target: impl Fn(&[u8])) {
    let (start, words, mut random) = (Instant::now(), words(), Random::new(5));
    for seed in seeds {
        target(seed);
    }
    for _ in 0..rounds {
        let mut input = seeds[random.below(seeds.len())].clone();
        for _ in 0..=random.below(3) {
            mutate(&mut input, &words, &mut random);
        }
        target(&input);
        if start.elapsed() > LIMIT {
            break;
        }
    }
}

/// The files of the corpus up to a size that leaves time for many rounds.
fn files() -> Vec<Vec<u8>> {
    let all = connectors().unwrap().into_iter().chain(fragments().unwrap()).map(|connector| connector.bytes);
    all.filter(|bytes| bytes.len() < 20_000).collect()
}

#[test]
fn the_xml_reader_takes_any_bytes() {
    run(&files(), 4_000, fuzzing::xml);
}

#[test]
fn the_grammar_of_conditions_takes_any_bytes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds/condition");
    let mut seeds: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    seeds.sort();
    let seeds: Vec<Vec<u8>> = seeds.iter().map(|path| fs::read(path).unwrap()).collect();
    run(&seeds, 100_000, fuzzing::condition);
}

#[test]
fn the_pipeline_takes_any_bytes_and_its_code_parses() {
    run(&files(), 600, |data| {
        let tokens = fuzzing::pipeline(data);
        assert!(syn::parse2::<syn::File>(tokens).is_ok(), "{}", String::from_utf8_lossy(data));
    });
}
