//! Checksums over bytes (CMD-30 to CMD-37).

use genlock_spec::{Checksum, ChecksumAlgorithm};

/// The checksum of `bytes`, in the order of CMD-33.
///
/// Three CRCs of 16 bits in a few lines each are no reason for a dependency with a table for each.
pub(super) fn checksum(spec: &Checksum, bytes: &[u8]) -> u64 {
    let offset = spec.byte_offset.rem_euclid(256) as u8; // bytes wrap round
    let bytes: Vec<u8> = bytes.iter().map(|byte| byte.wrapping_add(offset)).collect();
    let units = || bytes.chunks(spec.group.max(1) as usize).map(|group| unit(group, spec.binary_groups));
    let sum = || units().fold(0_u64, u64::wrapping_add);
    let lowest = |number: u64| number & 0xff;
    // CMD-35: once, before the remainder is taken.
    let with_offset = |number: u64| number.wrapping_add_signed(spec.offset);
    let mut number = match spec.algorithm {
        ChecksumAlgorithm::Exor => units().fold(0, |all, unit| all ^ unit),
        ChecksumAlgorithm::Sum => with_offset(sum()),
        ChecksumAlgorithm::Subtract => with_offset(sum().wrapping_neg()),
        ChecksumAlgorithm::LowestOfSum => lowest(with_offset(lowest(sum()))),
        ChecksumAlgorithm::LowestOfSubtract => lowest(with_offset(lowest(sum().wrapping_neg()))),
        ChecksumAlgorithm::TwosComplement => lowest(sum().wrapping_neg()),
        ChecksumAlgorithm::Fletcher => fletcher(&bytes),
        ChecksumAlgorithm::Crc16 => reflected(&bytes, 0),
        ChecksumAlgorithm::Modbus => reflected(&bytes, 0xffff),
        ChecksumAlgorithm::CrcCcitt => ccitt(&bytes),
    };
    if let Some(modulus) = spec.modulus {
        number = remainder(spec, number, modulus);
    }
    let total = u64::from(spec.total_offset);
    number = if spec.or_total_offset { number | total } else { number.wrapping_add(total) };
    if spec.ones_complement { !number } else { number }
}

/// What is subtracted from 0 is negative: its remainder is that of a number with a sign.
fn remainder(spec: &Checksum, number: u64, modulus: u32) -> u64 {
    match spec.algorithm {
        ChecksumAlgorithm::Subtract => number.cast_signed().rem_euclid(i64::from(modulus)).cast_unsigned(),
        _ => number % u64::from(modulus),
    }
}

/// What a group of bytes counts as (CMD-34). Digits that are none count as 0.
fn unit(group: &[u8], binary: bool) -> u64 {
    if binary || group.len() == 1 {
        return group.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
    }
    group.iter().fold(0, |number, byte| number << 4 | u64::from(char::from(*byte).to_digit(16).unwrap_or_default()))
}

fn fletcher(bytes: &[u8]) -> u64 {
    let (low, high) = bytes.iter().fold((0_u32, 0_u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 255;
        (low, (high + low) % 255)
    });
    u64::from(high << 8 | low)
}

/// Polynomial 0x8005, the lowest bit first.
fn reflected(bytes: &[u8], initial: u16) -> u64 {
    let step = |crc: u16| if crc & 1 == 1 { crc >> 1 ^ 0xa001 } else { crc >> 1 };
    let push = |crc: u16, byte: &u8| (0..8).fold(crc ^ u16::from(*byte), |crc, _| step(crc));
    u64::from(bytes.iter().fold(initial, push))
}

/// Polynomial 0x1021, the highest bit first, from 0xFFFF.
fn ccitt(bytes: &[u8]) -> u64 {
    let step = |crc: u16| if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 };
    let push = |crc: u16, byte: &u8| (0..8).fold(crc ^ u16::from(*byte) << 8, |crc, _| step(crc));
    u64::from(bytes.iter().fold(0xffff, push))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHECK: &[u8] = b"123456789";

    fn of(algorithm: ChecksumAlgorithm, bytes: &[u8]) -> u64 {
        checksum(&Checksum { algorithm, ..Checksum::BLANK }, bytes)
    }

    #[test]
    fn cmd_32_each_algorithm() {
        // The check values of the catalogue of CRCs: ARC, MODBUS, IBM-3740.
        assert_eq!(of(ChecksumAlgorithm::Crc16, CHECK), 0xbb3d);
        assert_eq!(of(ChecksumAlgorithm::Modbus, CHECK), 0x4b37);
        assert_eq!(of(ChecksumAlgorithm::CrcCcitt, CHECK), 0x29b1);
        assert_eq!(of(ChecksumAlgorithm::Fletcher, b"abcde"), 0xc8f0);
        assert_eq!(of(ChecksumAlgorithm::Sum, CHECK), 477);
        assert_eq!(of(ChecksumAlgorithm::LowestOfSum, CHECK), 477 - 256);
        assert_eq!(of(ChecksumAlgorithm::Subtract, &[1, 2]), 3_u64.wrapping_neg());
        assert_eq!(of(ChecksumAlgorithm::LowestOfSubtract, &[1, 2]), 0xfd);
        assert_eq!(of(ChecksumAlgorithm::TwosComplement, &[1, 2]), 0xfd);
        assert_eq!(of(ChecksumAlgorithm::Exor, &[]), 0);
    }

    #[test]
    fn cmd_36_the_example_of_the_page() {
        assert_eq!(of(ChecksumAlgorithm::Exor, &[0x7b, 0x30, 0x35, 0x52, 0x41]), 0x6d);
    }

    #[test]
    fn cmd_33_the_order_of_the_steps() {
        let sum = Checksum { algorithm: ChecksumAlgorithm::Sum, ..Checksum::BLANK };
        // (1 + 1) + (2 + 1) = 5; 5 mod 4 = 1; 1 + 2 = 3.
        let added = Checksum { byte_offset: 1, modulus: Some(4), total_offset: 2, ..sum };
        assert_eq!(checksum(&added, &[1, 2]), 3);
        // 5 mod 4 = 1; 1 | 3 = 3.
        let joined = Checksum { byte_offset: 1, modulus: Some(4), total_offset: 3, or_total_offset: true, ..sum };
        assert_eq!(checksum(&joined, &[1, 2]), 3);
        let turned = Checksum { ones_complement: true, ..sum };
        assert_eq!(checksum(&turned, &[0xaa, 0]) & 0xffff, 0xff55);
        let turned = Checksum { ones_complement: true, group: 2, binary_groups: true, ..sum };
        assert_eq!(checksum(&turned, &[0xaa, 0xaa]) & 0xffff, 0x5555);
        // Bytes wrap round before they are added up.
        assert_eq!(checksum(&Checksum { byte_offset: -1, ..sum }, &[0, 1]), 255);
        let remainder = Checksum { algorithm: ChecksumAlgorithm::Subtract, modulus: Some(100), ..sum };
        assert_eq!(checksum(&remainder, &[30]), 70);
    }

    #[test]
    fn cmd_34_groups_of_bytes() {
        let groups = Checksum { algorithm: ChecksumAlgorithm::Sum, group: 2, ..Checksum::BLANK };
        assert_eq!(checksum(&groups, b"10"), 0x10);
        assert_eq!(checksum(&Checksum { binary_groups: true, ..groups }, b"10"), 0x3130);
        assert_eq!(checksum(&groups, b"10201"), 0x10 + 0x20 + u64::from(b'1'));
    }

    #[test]
    fn cmd_35_the_offset_is_added_once_before_the_remainder() {
        let sum = Checksum { algorithm: ChecksumAlgorithm::Sum, offset: 128, ..Checksum::BLANK };
        assert_eq!(checksum(&sum, &[1, 2, 3]), 134);
        assert_eq!(checksum(&Checksum { modulus: Some(100), ..sum }, &[1, 2, 3]), 34);
        assert_eq!(checksum(&Checksum { offset: -1, ..sum }, &[1]), 0);
    }
}
