//! What an operator says of connections on the command line.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use clap::{Args, CommandFactory, Parser, ValueEnum};
use genlock::{Compression, ConnectionSettings, Proxy, Tls, WhileClosed};

/// The settings of a connection. What is left out comes from the connector file.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Connection")]
pub(super) struct ConnectionArguments {
    /// Where the device is: a name, an address, or a URL such as `ws://10.0.0.7` or `wss://10.0.0.7:8443/events`.
    #[arg(long, value_name = "HOST")]
    pub(super) host: Option<String>,
    /// The port, unless the host is a URL with one.
    #[arg(long)]
    port: Option<u16>,
    /// The bus address; `bypassProxy`: the device is reached without a proxy.
    #[arg(long, value_name = "TEXT")]
    bus_address: Option<String>,
    /// The proxy: `http://HOST:PORT`, `socks5h://HOST:PORT`, `none`, or `environment` for what `HTTP_PROXY` and
    /// the like name.
    #[arg(long, value_name = "URL")]
    proxy: Option<String>,
    /// How long an answer and the opening may take, in milliseconds.
    #[arg(long, value_name = "MS", value_parser = clap::value_parser!(u64).range(10..=120_000))]
    timeout: Option<u64>,
    /// How often a command is sent again when no answer comes.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=10))]
    retries: Option<u32>,
    /// What becomes of commands while the connection is closed: they fail at once, or vanish as on the connector's
    /// platform.
    #[arg(long, value_enum, value_name = "WHAT")]
    while_closed: Option<WhileClosedWord>,
    /// Compressed messages (permessage-deflate): as the connector file says, offered in any case, or off.
    #[arg(long, value_enum, value_name = "WHICH")]
    compression: Option<CompressionWord>,
    /// The network interface that the connection leaves by: its name, or one of its addresses.
    #[arg(long, value_name = "NAME")]
    interface: Option<String>,
    /// Trust the certificates in this PEM file: an authority's, or the device's own. May be given several times.
    #[arg(long, value_name = "FILE")]
    ca_file: Vec<PathBuf>,
    /// The certificate, in PEM, that proves to the device who connects.
    #[arg(long, value_name = "FILE", requires = "client_key")]
    client_certificate: Option<PathBuf>,
    /// The key of that certificate, in PEM.
    #[arg(long, value_name = "FILE", requires = "client_certificate")]
    client_key: Option<PathBuf>,
    /// The name that the device's certificate is for, when that is not the host.
    #[arg(long, value_name = "NAME")]
    server_name: Option<String>,
    /// Accept any certificate: whoever is on the way can read and change everything.
    #[arg(long)]
    insecure: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum WhileClosedWord {
    Reject,
    Drop,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum CompressionWord {
    Declared,
    Offered,
    Off,
}

impl ConnectionArguments {
    /// These settings on top of others.
    pub(super) fn apply(&self, mut settings: ConnectionSettings) -> ConnectionSettings {
        if let Some(host) = &self.host {
            settings = settings.host(host);
        }
        if let Some(port) = self.port {
            settings = settings.port(port);
        }
        if let Some(bus_address) = &self.bus_address {
            settings = settings.bus_address(bus_address);
        }
        if let Some(proxy) = &self.proxy {
            settings = settings.proxy(match proxy.as_str() {
                "none" => Proxy::none(),
                "environment" => Proxy::environment(),
                server => Proxy::server(server),
            });
        }
        if let Some(timeout) = self.timeout {
            settings = settings.timeout(Duration::from_millis(timeout));
        }
        if let Some(retries) = self.retries {
            settings = settings.retries(retries);
        }
        if let Some(word) = self.while_closed {
            settings = settings.while_closed(match word {
                WhileClosedWord::Reject => WhileClosed::Reject,
                WhileClosedWord::Drop => WhileClosed::Drop,
            });
        }
        if let Some(word) = self.compression {
            settings = settings.compression(match word {
                CompressionWord::Declared => Compression::Declared,
                CompressionWord::Offered => Compression::Offered,
                CompressionWord::Off => Compression::Off,
            });
        }
        if let Some(interface) = &self.interface {
            settings = settings.interface(interface);
        }
        match self.tls() {
            Some(tls) => settings.tls(tls),
            None => settings,
        }
    }

    /// Nothing where nothing is said of it, so that what was said for all connections stays.
    fn tls(&self) -> Option<Tls> {
        let Self { ca_file, client_certificate, client_key, server_name, insecure, .. } = self;
        if ca_file.is_empty() && client_certificate.is_none() && server_name.is_none() && !insecure {
            return None;
        }
        let mut tls = ca_file.iter().fold(Tls::default(), Tls::ca_file);
        if let (Some(chain), Some(key)) = (client_certificate, client_key) {
            tls = tls.client_certificate(chain, key);
        }
        if let Some(name) = server_name {
            tls = tls.server_name(name);
        }
        Some(if *insecure { tls.skip_verification(true) } else { tls })
    }
}

/// The settings of one connection: `2:host=ws://10.0.0.8,port=8051`.
#[derive(Clone, Debug)]
pub(super) struct OneConnection {
    pub(super) id: u32,
    pub(super) arguments: ConnectionArguments,
}

/// The parser of what stands behind the id: each part is the option of that name.
#[derive(Parser)]
#[command(no_binary_name = true, disable_help_flag = true)]
struct Parts {
    #[command(flatten)]
    arguments: ConnectionArguments,
}

impl FromStr for OneConnection {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let form = "write the connection's id and its settings, such as `2:host=ws://10.0.0.8,port=8051`";
        let (id, parts) = text.split_once(':').ok_or_else(|| form.to_owned())?;
        let id = id.trim().parse().map_err(|_| format!("`{id}` is no id of a connection; {form}"))?;
        let parts = split(parts).into_iter().map(|part| format!("--{part}"));
        let parts = Parts::try_parse_from(parts).map_err(|error| {
            let message = error.to_string();
            let first = message.lines().next().unwrap_or_default();
            format!("{}; {form}", first.trim_start_matches("error: "))
        })?;
        Ok(Self { id, arguments: parts.arguments })
    }
}

/// The parts between commas. A comma with no setting behind it belongs to the value before it, such as a file's name.
fn split(text: &str) -> Vec<String> {
    let command = Parts::command();
    let is_setting = |part: &str| {
        let name = part.split('=').next().unwrap_or_default();
        command.get_arguments().any(|argument| argument.get_long() == Some(name))
    };
    let mut parts: Vec<String> = Vec::new();
    for part in text.split(',') {
        match parts.last_mut() {
            Some(value) if !is_setting(part) => {
                value.push(',');
                value.push_str(part);
            }
            _ => parts.push(part.to_owned()),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(text: &str) -> Result<ConnectionSettings, String> {
        text.parse::<OneConnection>().map(|one| one.arguments.apply(ConnectionSettings::default()))
    }

    #[test]
    fn each_part_is_the_option_of_that_name() -> Result<(), String> {
        let wanted = ConnectionSettings::default()
            .host("wss://device:8443/a,b")
            .timeout(Duration::from_millis(500))
            .proxy(Proxy::none())
            .while_closed(WhileClosed::Drop)
            .compression(Compression::Off)
            .tls(Tls::default().ca_file("C:\\own, old\\ca.pem").skip_verification(true));
        let text = "2:host=wss://device:8443/a,b,timeout=500,proxy=none,while-closed=drop,compression=off,ca-file=C:\\own, old\\ca.pem,insecure";
        assert_eq!(settings(text)?, wanted);
        Ok(())
    }

    #[test]
    fn what_is_said_of_one_connection_goes_on_top_of_what_is_said_of_all() -> Result<(), String> {
        let all = ConnectionSettings::default().host("ws://device").tls(Tls::default().ca_file("ca.pem"));
        let one = "1:port=8051".parse::<OneConnection>()?;
        assert_eq!(one.arguments.apply(all.clone()), all.port(8051));
        Ok(())
    }

    #[test]
    fn what_is_no_setting_is_refused_by_name() {
        for (text, reason) in [
            ("ws://device", "`ws` is no id of a connection"),
            ("2", "write the connection's id"),
            ("2:hosts=x", "unexpected argument '--hosts' found"),
            ("2:port=x", "invalid value 'x' for '--port <PORT>'"),
            ("2:timeout=5", "invalid value '5' for '--timeout <MS>'"),
        ] {
            let refused = settings(text).err().unwrap_or_default();
            assert!(refused.contains(reason), "{refused}");
        }
    }
}
