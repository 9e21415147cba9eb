//! Elements over pipes in memory, in paused time: what the shell does with sockets, timers and callers.

mod any;
#[cfg(feature = "deflate")]
mod autobahn;
#[cfg(feature = "deflate")]
mod bounds;
mod calls;
mod cases;
mod comeback;
mod fairness;
#[cfg(feature = "sim")]
mod faults;
mod keepalive;
#[cfg(feature = "prometheus")]
mod metrics;
mod pause;
mod peer;
#[cfg(feature = "sim")]
mod record;
mod repeats;
#[cfg(feature = "http")]
mod requests;
mod soak;
mod threads;
mod together;
mod trouble;

/// The four use cases, and the reference driver, as a user's crate has them.
pub(super) mod connectors {
    pub(super) mod normal {
        crate::include_protocol!("../examples/nmos/normal.xml");
    }

    /// Without a function for its QAction.
    pub(super) mod unhandled {
        crate::include_protocol!("../examples/nmos/normal.xml", unhandled);
    }

    pub(super) mod dynamic_ip {
        crate::include_protocol!("../examples/nmos/dynamic-ip.xml");
    }

    pub(super) mod custom_handshake {
        crate::include_protocol!("../examples/nmos/custom-handshake.xml");
    }

    #[cfg(feature = "http")]
    pub(super) mod details {
        crate::include_protocol!("../examples/details/details.xml");
    }

    #[cfg(feature = "sim")]
    pub(super) mod reference {
        crate::include_protocol!("../examples/nmos/nmos.xml");
    }

    pub(super) mod both {
        crate::include_protocol!("../examples/nmos/custom-handshake-dynamic-ip.xml");
    }
}

/// Hooks of the use cases: messages are counted and cleared, as the original's script does.
#[derive(Debug, Default)]
struct Seen(std::sync::Arc<std::sync::Mutex<Vec<String>>>);

macro_rules! parse_response {
    ($($connector:ident)+) => {$(
        impl connectors::$connector::QActions for Seen {
            fn parse_response(cx: &mut connectors::$connector::Context<'_, Self>) -> crate::HookResult {
                let Some(message) = cx.get(connectors::$connector::params::GENERIC_RESPONSE) else { return Ok(()) };
                assert!(message != "panic", "told to panic");
                cx.state.0.lock().unwrap().push(message.to_string());
                cx.check_trigger(connectors::$connector::triggers::ON_CHECK_TRIGGER_CLEAR_GENERIC_RESPONSE)
            }
        }
    )+};
}

parse_response! { normal dynamic_ip custom_handshake both }
