//! What the lengths and checksums of a frame are calculated from.

use genlock_spec::{Checksum, ChecksumAlgorithm, ParamKind};

use super::reader::{Reader, Slot};
use super::vocabulary::Meaning::{Carried, Refused};
use super::vocabulary::Vocabulary;
use crate::diagnostic::{Fault, Kind};
use crate::parse::Element;
use crate::text::quoted;

/// What a parameter of type `length` or `crc` covers, and how a checksum is calculated.
#[derive(Debug, Default)]
pub(crate) struct Coverage {
    /// The parts of the message, from 0. Of a length, none means all but lengths (CMD-21).
    pub(crate) positions: Vec<u32>,
    pub(crate) checksum: Option<Checksum>,
}

/// What nothing says how to calculate is refused (CMD-38).
const ALGORITHM: Vocabulary<Option<ChecksumAlgorithm>> = Vocabulary {
    words: &[
        ("2comp", Carried(Some(ChecksumAlgorithm::TwosComplement))),
        ("codan", Refused(None, "")),
        ("crc", Refused(None, "")),
        ("crc-ccitt", Carried(Some(ChecksumAlgorithm::CrcCcitt))),
        ("crc16", Carried(Some(ChecksumAlgorithm::Crc16))),
        ("crc-16", Carried(Some(ChecksumAlgorithm::Crc16))),
        ("exor", Carried(Some(ChecksumAlgorithm::Exor))),
        ("fletcher", Carried(Some(ChecksumAlgorithm::Fletcher))),
        ("lsb after subtract", Carried(Some(ChecksumAlgorithm::LowestOfSubtract))),
        ("lsb after sum", Carried(Some(ChecksumAlgorithm::LowestOfSum))),
        ("modbus", Carried(Some(ChecksumAlgorithm::Modbus))),
        ("rcds", Refused(None, "")),
        ("rest", Refused(None, "")),
        ("subtract", Carried(Some(ChecksumAlgorithm::Subtract))),
        ("sum", Carried(Some(ChecksumAlgorithm::Sum))),
    ],
};

impl Coverage {
    /// Reads the `Length` or the `CRC` of `param`, whatever `kind` goes with it.
    pub(super) fn read(param: &Element, kind: ParamKind, reader: &mut Reader<'_, '_>) -> Option<Self> {
        let name = match kind {
            ParamKind::Length => "Length",
            ParamKind::Crc => "CRC",
            _ => return None,
        };
        let inside = reader.child(param, name)?;
        let content = reader.child(inside, "Content");
        let positions = content.into_iter().flat_map(|content| content.children("Param"));
        // What is no number is reported as such.
        let positions = positions.filter_map(|position| Slot::text(position).trimmed().parse().ok()).collect();
        let kind = reader.child(inside, "Type");
        Some(Self { positions, checksum: kind.and_then(|kind| checksum(kind, reader)) })
    }
}

fn checksum(kind: &Element, reader: &mut Reader<'_, '_>) -> Option<Checksum> {
    let algorithm = reader.word(&Slot::text(kind), &ALGORITHM);
    let integer = |name: &str, reader: &Reader<'_, '_>| {
        reader.attribute(kind, name).and_then(|slot| slot.trimmed().parse::<i64>().ok())
    };
    let unsigned = |name: &str, reader: &Reader<'_, '_>| {
        reader.attribute(kind, name).and_then(|slot| slot.trimmed().parse::<u32>().ok())
    };
    let (group, binary_groups) =
        reader.attribute(kind, "groupbytes").map_or((1, false), |slot| grouping(&slot, reader));
    let mut checksum = Checksum {
        algorithm: algorithm?.value?,
        byte_offset: integer("byteoffset", reader).unwrap_or_default(),
        group,
        binary_groups,
        offset: integer("off", reader).unwrap_or_default(),
        modulus: unsigned("mod", reader).filter(|modulus| *modulus > 0),
        total_offset: unsigned("totaloffset", reader).unwrap_or_default(),
        or_total_offset: false,
        ones_complement: false,
    };
    for option in reader.attribute(kind, "options").into_iter().flat_map(Slot::parts) {
        match option.trimmed().to_ascii_lowercase().as_str() {
            "or totaloffset" => checksum.or_total_offset = true,
            "ones complement" => checksum.ones_complement = true,
            _ => {
                let message = format!("there is no option {} here", quoted(option.trimmed()));
                let fault = Fault::error(Kind::UnknownOption, option.span, message);
                reader.faults.add(fault.help("the options are `OR TOTALOFFSET` and `ONES COMPLEMENT`"));
            }
        }
    }
    if algorithm.is_some_and(|word| word.value.is_some_and(|word| !takes_groups(word))) {
        checksum.group = 1; // CMD-34: of no concern to the others
    }
    Some(checksum)
}

/// CMD-34
const fn takes_groups(algorithm: ChecksumAlgorithm) -> bool {
    matches!(
        algorithm,
        ChecksumAlgorithm::Exor
            | ChecksumAlgorithm::LowestOfSubtract
            | ChecksumAlgorithm::LowestOfSum
            | ChecksumAlgorithm::Subtract
            | ChecksumAlgorithm::Sum
    )
}

/// `2` or `2;binary` (CMD-34): at most what a number of 64 bits holds.
fn grouping(slot: &Slot<'_>, reader: &mut Reader<'_, '_>) -> (u32, bool) {
    const LONGEST: u32 = 8;
    let (size, form) = slot.trimmed().split_once(';').unwrap_or((slot.trimmed(), ""));
    let size = size.trim().parse().ok().filter(|size| (1..=LONGEST).contains(size));
    let is_binary = form.trim().eq_ignore_ascii_case("binary");
    if let Some(size) = size.filter(|_| is_binary || form.trim().is_empty()) {
        return (size, is_binary);
    }
    let message = format!("{} is not how the bytes of a checksum are grouped", quoted(slot.trimmed()));
    let fault = Fault::error(Kind::InvalidValue, slot.span, message);
    reader.faults.add(fault.help(format!("write a number from 1 to {LONGEST}, with `;binary` behind it or not")));
    (1, false)
}
