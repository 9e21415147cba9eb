//! A driver that asks its device and waits for the answer: a video router.
//!
//! ```text
//! cargo run -p request-response                         # with a router in this process
//! cargo run -p request-response -- ws://10.0.0.1:8050   # with yours
//! ```
//!
//! `router.xml` has two pairs, `Ask` and `Take`, each a command and the answers that the device gives: `Routed`, or
//! `Refused` when it does not take the command. There is no QAction, so there is nothing to write but this.
#![expect(clippy::print_stdout, reason = "printing answers is what this program is for")]

mod device;

use genlock::{ConnectionState, Error};

/// Everything in `router.xml`, checked and typed at compile time.
mod router {
    genlock::include_protocol!("router.xml");
}

use router::{connections, pairs, params};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = match std::env::args().nth(1) {
        Some(url) => url,
        None => device::start().await?,
    };
    Ok(route(&url).await?)
}

async fn route(url: &str) -> Result<(), Error> {
    let router =
        router::element("router 1", ()).connection(connections::CONTROL, |control| control.host(url)).start().await?;
    router.watch(connections::CONTROL).wait_for(|control| control.state == ConnectionState::Open).await?;

    let before = router.send(pairs::ASK).output(3).answer().await?;
    println!("output 3 shows input {}", before.routed_input);

    // Sent and answered in one step: what others ask in between does not get into this command.
    let after = router.send(pairs::TAKE).input(7).output(3).answer().await?;
    println!("now output {} shows input {}", after.routed_output, after.routed_input);

    // What the device does not take is an error of its own, beside `TimedOut` and `ConnectionLost`.
    match router.send(pairs::TAKE).input(99).output(3).answer().await {
        Err(Error::Refused { .. }) => {
            let objection = router.get(params::OBJECTION).await?.unwrap_or_default();
            println!("the router does not take input 99: {objection}");
        }
        other => println!("{other:?}"),
    }
    router.stop().await
}

#[cfg(test)]
mod tests {
    #[tokio::test]
    async fn the_router_takes_what_it_has_and_refuses_the_rest() {
        let url = super::device::start().await.unwrap();
        super::route(&url).await.unwrap();
    }
}
