//! The element's page in a browser, beside the run.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use genlock::AnyElement;
use genlock::inspector::{Inspector, InspectorError, Settings};

/// How the page is served.
#[derive(Args, Debug)]
#[command(next_help_heading = "Page")]
pub(super) struct PageArguments {
    /// Serve the element's page to browsers at this address, such as `127.0.0.1:8080`; port 0 takes a free one. Other
    /// machines reach it only at an address of the network, and with a token.
    #[arg(long, value_name = "ADDRESS")]
    serve: Option<String>,
    /// The file with the token that who opens the page is asked for: its first line, of at least 16 characters.
    #[arg(long, value_name = "FILE", requires = "serve")]
    token_file: Option<PathBuf>,
    /// The page only shows: nobody sets anything there.
    #[arg(long, requires = "serve")]
    read_only: bool,
}

impl PageArguments {
    /// Serves the page of `element`, if that is wanted. An error says what to change on the command line.
    pub(super) async fn serve(&self, element: &AnyElement) -> Result<Option<Inspector>, String> {
        let Some(address) = &self.serve else { return Ok(None) };
        let mut settings = Settings::default().read_only(self.read_only);
        if let Some(path) = &self.token_file {
            let file = path.display();
            let text =
                fs::read_to_string(path).map_err(|error| format!("cannot read the token in `{file}`: {error}"))?;
            let token = text.lines().next().unwrap_or_default().trim();
            settings = settings.token(token);
        }
        let served = settings.serve(address, [element.clone()]).await;
        served.map(Some).map_err(|error| match error {
            InspectorError::NeedsToken { address } => {
                format!(
                    "--serve {address}: other machines reach this address; give --token-file, or serve at 127.0.0.1"
                )
            }
            error => format!("--serve {address}: {error}"),
        })
    }
}

/// Where the page is, in words.
pub(super) fn told(page: &Inspector) -> String {
    let how = if page.needs_token() { ", and asks for the token" } else { "" };
    format!("the page is at {}{how}", page.url())
}
