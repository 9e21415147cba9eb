//! How each program is told to stand between driver and device.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::certificate::Certificates;
use super::{Kind, PASSWORD, USER};

/// Writes the program's configuration, and adds the arguments to its command line. `port` is where it listens.
pub(super) fn write(
    kind: Kind,
    command: &mut Command,
    folder: &Path,
    certificates: &Certificates,
    [port, device]: [u16; 2],
) -> Result<()> {
    let file = folder.join("config");
    let text = match kind {
        Kind::Nginx => nginx(folder, certificates, port, device),
        Kind::Haproxy => haproxy(certificates, port, device),
        Kind::Tinyproxy => tinyproxy(port),
        Kind::Microsocks => String::new(),
    };
    fs::write(&file, text)?;
    match kind {
        Kind::Nginx => command.arg("-c").arg(&file).arg("-p").arg(folder).args(["-e", "stderr"]),
        Kind::Haproxy => command.arg("-db").arg("-f").arg(&file),
        Kind::Tinyproxy => command.arg("-d").arg("-c").arg(&file),
        Kind::Microsocks => {
            command.args(["-i", "127.0.0.1", "-p"]).arg(port.to_string()).args(["-u", USER, "-P", PASSWORD])
        }
    };
    Ok(())
}

fn nginx(folder: &Path, certificates: &Certificates, port: u16, device: u16) -> String {
    let (folder, chain, key) = (folder.display(), certificates.chain.display(), certificates.key.display());
    format!(
        "daemon off; master_process off; pid {folder}/pid; error_log stderr;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port} ssl http2;
        ssl_certificate {chain};
        ssl_certificate_key {key};
        location / {{
            proxy_pass http://127.0.0.1:{device};
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection upgrade;
        }}
    }}
}}
"
    )
}

fn haproxy(certificates: &Certificates, port: u16, device: u16) -> String {
    let both = certificates.both.display();
    format!(
        "defaults
    mode http
    timeout connect 5s
    timeout client 60s
    timeout server 60s
    timeout tunnel 60s
frontend driver
    bind 127.0.0.1:{port} ssl crt {both} alpn h2,http/1.1
    default_backend device
backend device
    server device 127.0.0.1:{device}
"
    )
}

fn tinyproxy(port: u16) -> String {
    format!(
        "Port {port}
Listen 127.0.0.1
Allow 127.0.0.1
BasicAuth {USER} {PASSWORD}
Timeout 60
MaxClients 10
LogLevel Connect
"
    )
}
