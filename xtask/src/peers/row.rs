//! One run: one use case with one server, with or without compression.

use std::path::Path;
use std::thread;

use anyhow::Result;

use super::debian::Tool;
use super::device::{Device, DeviceSummary, Server};
use super::driver::{self, Case, DriverSummary};
use super::middle::Middle;

/// Messages that may be on their way when a connection ends: one at the cut, one when the driver stops.
const IN_FLIGHT: u32 = 2;

/// What is run.
#[derive(Debug)]
pub(crate) struct Row<'s> {
    pub(crate) case: &'s Case,
    pub(crate) server: &'s Server,
    /// Whether the server agrees to compress.
    pub(crate) deflate: bool,
    /// What stands between driver and server.
    pub(crate) between: Option<&'s Tool>,
}

/// What came of it: the row is good when there are no faults.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) summaries: Option<(DriverSummary, DeviceSummary)>,
    pub(crate) faults: Vec<String>,
}

impl Outcome {
    pub(crate) fn failed(reason: &str) -> Self {
        Self { summaries: None, faults: vec![reason.to_owned()] }
    }
}

impl Row<'_> {
    pub(crate) fn run(&self, program: &Path) -> Outcome {
        match self.measure(program) {
            Ok((driver, device, mut faults)) => {
                faults.extend(self.faults(&driver, &device));
                Outcome { summaries: Some((driver, device)), faults }
            }
            Err(error) => Outcome::failed(&format!("{error:#}")),
        }
    }

    /// What driver and device say, and what the program between them did not do.
    fn measure(&self, program: &Path) -> Result<(DriverSummary, DeviceSummary, Vec<String>)> {
        let device = Device::start(self.server, self.deflate)?;
        let Some(tool) = self.between else {
            let driver = driver::run(program, self.case, &[device.url().into()])?;
            return Ok((driver, device.finish()?, Vec::new()));
        };
        let middle = Middle::start(tool, device.port)?;
        let (driver, untrusting) = thread::scope(|scope| {
            let untrusting = middle.untrusted();
            let untrusting = untrusting.map(|url| scope.spawn(|| driver::run_untrusting(program, self.case, url)));
            (driver::run(program, self.case, &middle.arguments()), untrusting.map(thread::ScopedJoinHandle::join))
        });
        let driver = driver?;
        let mut faults = middle.finish(driver.open)?;
        match untrusting {
            None => {}
            Some(Ok(fault)) => faults.extend(fault?),
            Some(Err(_)) => faults.push("the second driver panicked".to_owned()),
        }
        Ok((driver, device.finish()?, faults))
    }

    /// What is not as it must be.
    fn faults(&self, driver: &DriverSummary, device: &DeviceSummary) -> Vec<String> {
        let mut faults = device.faults.clone();
        let mut expect = |holds: bool, fault: &str| {
            if !holds {
                faults.push(fault.to_owned());
            }
        };
        expect(device.connections == 2, "the device saw another number of connections than 2: one cut, one after it");
        expect(driver.open == device.connections, "driver and device disagree on how often the connection opened");
        expect(driver.reconnects == 1, "the driver did not count one reconnect");
        expect(device.subscriptions == device.connections, "not one subscription for each connection");
        expect(device.health > 0, "no health command");
        expect(driver.health == device.health, "health answers are missing");
        expect(device.states > 0, "no states were sent");
        expect(driver.states <= device.states, "the driver counted more states than were sent");
        expect(driver.states + IN_FLIGHT >= device.states, "states are missing");
        expect(driver.lost == 0, "something was lost");

        let offered = if self.case.offers_deflate { device.connections } else { 0 };
        expect(device.offered == offered, "compression was not offered as the use case says");
        if self.deflate && self.case.offers_deflate {
            expect(device.accepted == device.connections, "compression was offered and not agreed on");
            expect(device.compressed_in > 0, "the driver sent nothing compressed");
            expect(device.compressed_out > 0, "the server sent nothing compressed");
        } else {
            expect(device.compressed_in + device.compressed_out == 0, "compressed messages without agreement");
            expect(device.plain_in > 0, "the driver sent nothing");
        }
        expect(driver.compressed_sent == device.compressed_in, "the two ends disagree on what the driver compressed");
        let received = driver.compressed_received..=driver.compressed_received + IN_FLIGHT;
        expect(received.contains(&device.compressed_out), "the two ends disagree on what the server compressed");
        faults
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    const DRIVER: DriverSummary = DriverSummary {
        open: 2,
        reconnects: 1,
        health: 1,
        states: 30,
        lost: 0,
        compressed_received: 31,
        compressed_sent: 3,
    };
    const DEVICE: DeviceSummary = DeviceSummary {
        connections: 2,
        offered: 2,
        accepted: 2,
        subscriptions: 2,
        health: 1,
        states: 31,
        compressed_in: 3,
        plain_in: 0,
        compressed_out: 32,
        plain_out: 0,
        faults: Vec::new(),
    };

    fn faults(deflate: bool, driver: &DriverSummary, device: &DeviceSummary) -> usize {
        let server = Server { name: "ws".to_owned(), program: "node", script: PathBuf::new(), environment: Vec::new() };
        let [.., case] = &driver::CASES;
        Row { case, server: &server, deflate, between: None }.faults(driver, device).len()
    }

    #[test]
    fn a_good_run_has_no_faults() {
        assert_eq!(faults(true, &DRIVER, &DEVICE), 0);
    }

    #[test]
    fn compression_that_was_not_agreed_on_is_a_fault() {
        assert_ne!(faults(false, &DRIVER, &DEVICE), 0);
    }

    #[test]
    fn compression_that_was_agreed_on_and_not_used_is_a_fault() {
        let device = DeviceSummary { compressed_in: 0, plain_in: 3, ..DEVICE };
        assert_eq!(faults(true, &DriverSummary { compressed_sent: 0, ..DRIVER }, &device), 1);
    }

    #[test]
    fn ends_that_disagree_on_compression_are_a_fault() {
        assert_eq!(faults(true, &DriverSummary { compressed_sent: 2, ..DRIVER }, &DEVICE), 1);
        assert_eq!(faults(true, &DriverSummary { compressed_received: 20, ..DRIVER }, &DEVICE), 1);
    }

    #[test]
    fn a_run_without_the_reconnect_is_a_fault() {
        let device = DeviceSummary { connections: 1, ..DEVICE };
        assert_ne!(faults(true, &DriverSummary { open: 1, reconnects: 0, ..DRIVER }, &device), 0);
    }

    #[test]
    fn missing_states_are_a_fault() {
        assert_eq!(faults(true, &DriverSummary { states: 20, ..DRIVER }, &DEVICE), 1);
    }

    #[test]
    fn a_lost_message_is_a_fault() {
        assert_eq!(faults(true, &DriverSummary { lost: 1, ..DRIVER }, &DEVICE), 1);
    }

    #[test]
    fn what_the_device_complains_of_is_a_fault() {
        let device = DeviceSummary { faults: vec!["a binary message".to_owned()], ..DEVICE };
        assert_eq!(faults(true, &DRIVER, &device), 1);
    }
}
