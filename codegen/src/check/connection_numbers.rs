//! Which connection is meant where a file leaves it open.

use genlock_spec::ConnectionKind;

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{Model, Target};

pub(super) fn check(model: &Model, faults: &mut Faults) {
    let Some(default) = model.default_connection().and_then(|position| model.connections.get(position)) else { return };
    let id = default.head.id().unwrap_or_default();
    if id != 0 {
        let zero = model.index.position(Target::Connection, 0).and_then(|position| model.connections.get(position));
        if zero.is_none() {
            // CONN-02: numbers may have gaps.
            let message = format!("there is no connection 0; this one keeps the number {id}");
            faults.add(Fault::note(Kind::ConnectionNumbers, default.head.id_span(), message));
        }
        let unnamed = model.pairs.iter().filter(|pair| pair.connection.is_none()).count();
        if unnamed > 0 {
            // CONN-122: what names no connection means number 0.
            let message = format!("pairs and groups that name no connection use connection {id}");
            let single = model.connections.len() == 1;
            let kind = Kind::DefaultConnection;
            let fault = if single {
                Fault::note(kind, default.head.id_span(), format!("{message}, the only one"))
            } else {
                let why = zero.map_or("which has the lowest number", |_| "because nothing can be sent on connection 0");
                Fault::warning(kind, default.head.id_span(), format!("{message}, {why}"))
                    .help("name the connection: `<Group connection=\"…\">`, or `<Pair options=\"connection:…\">`")
            };
            faults.add(fault);
        }
    }
    let web_sockets = model.connections.iter().filter(|connection| connection.kind.value == ConnectionKind::WebSocket);
    if web_sockets.count() > 1 {
        for response in model.responses.iter().filter(|response| response.head.id.is_some()) {
            if !response.has_options {
                // CONN-121
                let message = format!(
                    "{} does not say which connection it belongs to; it is tried on all",
                    response.head.label()
                );
                let fault = Fault::warning(Kind::UnboundResponse, response.head.span, message);
                faults.add(fault.help(format!("write `<Response options=\"Connection:{id}\">`")).missing("@options"));
            }
        }
    }
}
