//! Checksums: what is calculated from the bytes that they cover.

/// How a parameter of type `crc` is calculated (`Protocol.Params.Param.CRC.Type`, CMD-33).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checksum {
    /// What is calculated.
    pub algorithm: ChecksumAlgorithm,
    /// `byteoffset`: what is added to each byte before anything else.
    pub byte_offset: i64,
    /// `groupbytes`: how many bytes are one number (CMD-34); 1 when each byte is one.
    pub group: u32,
    /// `groupbytes` with `binary`: the bytes of a group are a number, not its hexadecimal digits.
    pub binary_groups: bool,
    /// `off`: what is added to the result (CMD-35).
    pub offset: i64,
    /// `mod`: what the result is divided by; the remainder goes on.
    pub modulus: Option<u32>,
    /// `totaloffset`: what is added at the end.
    pub total_offset: u32,
    /// Option `OR TOTALOFFSET`: that is joined by its bits, not added.
    pub or_total_offset: bool,
    /// Option `ONES COMPLEMENT`: all bits of the result are turned round.
    pub ones_complement: bool,
}

impl Checksum {
    /// The bytes joined by exclusive or.
    pub const BLANK: Self = Self {
        algorithm: ChecksumAlgorithm::Exor,
        byte_offset: 0,
        group: 1,
        binary_groups: false,
        offset: 0,
        modulus: None,
        total_offset: 0,
        or_total_offset: false,
        ones_complement: false,
    };
}

/// What a checksum is calculated by (CMD-32).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChecksumAlgorithm {
    /// `2comp`: what added to the sum of the bytes gives 0 in the lowest byte.
    TwosComplement,
    /// `crc-ccitt`: polynomial 0x1021, from 0xFFFF.
    CrcCcitt,
    /// `crc16`: polynomial 0x8005 from the lowest bit on, from 0.
    Crc16,
    /// `exor`
    Exor,
    /// `fletcher`: two sums of 8 bits modulo 255.
    Fletcher,
    /// `lsb after subtract`: the lowest byte of `subtract`.
    LowestOfSubtract,
    /// `lsb after sum`: the lowest byte of `sum`.
    LowestOfSum,
    /// `modbus`: as `crc16`, from 0xFFFF.
    Modbus,
    /// `subtract`: everything is subtracted from 0.
    Subtract,
    /// `sum`
    Sum,
}
