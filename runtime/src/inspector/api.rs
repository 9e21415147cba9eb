//! What the page asks for, and what it may change.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value as JsonValue, json};

use super::elements::Listed;
use super::{Shared, clock, model, value};
use crate::error::Error;
use crate::value::{Value, parse_number};

/// The largest body that is taken, in bytes.
pub(super) const BODY: usize = 64 << 10;
/// How long an element may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// The elements with their states.
pub(super) async fn list(State(shared): State<Arc<Shared>>) -> Response {
    let elements = shared.elements.all();
    let elements: Vec<JsonValue> = elements.iter().map(|listed| summary(listed)).collect();
    Json(json!({ "version": env!("CARGO_PKG_VERSION"), "readOnly": shared.read_only, "elements": elements }))
        .into_response()
}

/// One line of the list. It asks nothing of the element itself.
fn summary(listed: &Listed) -> JsonValue {
    let element = &listed.element;
    let status = element.status();
    let connections = status
        .connections
        .iter()
        .map(|connection| json!({ "id": connection.id, "state": value::connection(&connection.state) }));
    json!({
        "key": listed.key,
        "name": element.name(),
        "protocol": element.protocol_name(),
        "version": element.protocol_version(),
        "state": value::element(status.state),
        "alarm": status.alarms.worst().word(),
        "connections": connections.collect::<Vec<_>>(),
    })
}

/// What the page must know of an element's connector.
pub(super) async fn model(State(shared): State<Arc<Shared>>, Path(key): Path<u64>) -> Response {
    let Some(listed) = shared.elements.get(key) else { return gone() };
    Json(model::model(&listed.element, shared.read_only)).into_response()
}

/// What an operator enters.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Entry {
    /// A choice or a button: the raw value.
    Value(String),
    /// Free input.
    Text(String),
}

/// Sets a write parameter as `Element::set` does, and answers what the engine says.
pub(super) async fn set(
    State(shared): State<Arc<Shared>>,
    Path((key, pid)): Path<(u64, u32)>,
    Json(entry): Json<Entry>,
) -> Response {
    if let Some(refusal) = read_only(&shared) {
        return refusal;
    }
    let Some(listed) = shared.elements.get(key) else { return gone() };
    let element = &listed.element;
    let row = element.spec().params.iter().find(|row| row.pid == pid);
    if row.is_some_and(|row| !row.kind.is_write()) {
        // PARAM-148
        let refusal = format!("parameter {pid} is no write parameter; operators set those only\n");
        return (StatusCode::UNPROCESSABLE_ENTITY, refusal).into_response();
    }
    let value = match entry {
        Entry::Text(text) => element.entered(pid, &text),
        Entry::Value(raw) => Ok(match row.filter(|row| row.value_type.is_number()).and_then(|_| parse_number(&raw)) {
            Some(number) => Value::Number(number),
            None => Value::Text(raw.into()),
        }),
    };
    match value {
        Ok(value) => answer(clock::within(PATIENCE, element.set(pid, value)).await),
        Err(error) => answer(Some(Err(error))),
    }
}

/// Closes a connection and opens it again.
pub(super) async fn reconnect(State(shared): State<Arc<Shared>>, Path((key, id)): Path<(u64, u32)>) -> Response {
    if let Some(refusal) = read_only(&shared) {
        return refusal;
    }
    let Some(listed) = shared.elements.get(key) else { return gone() };
    answer(clock::within(PATIENCE, listed.element.reconnect(id)).await)
}

fn read_only(shared: &Shared) -> Option<Response> {
    let refusal = "the page is read-only: the driver serves it with `Settings::read_only`\n";
    shared.read_only.then(|| (StatusCode::FORBIDDEN, refusal).into_response())
}

fn gone() -> Response {
    (StatusCode::NOT_FOUND, "there is no such element on this page any more\n").into_response()
}

/// What the engine says; none: it has not answered in time.
fn answer(result: Option<Result<(), Error>>) -> Response {
    match result {
        Some(Ok(())) => StatusCode::NO_CONTENT.into_response(),
        Some(Err(error)) => {
            let status = match error {
                Error::Stopped { .. } => StatusCode::CONFLICT,
                Error::Unknown { .. } => StatusCode::NOT_FOUND,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            (status, format!("{error}\n")).into_response()
        }
        None => {
            let text = format!("the element has not answered within {} s; it may be in a hook\n", PATIENCE.as_secs());
            (StatusCode::GATEWAY_TIMEOUT, text).into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Error, StatusCode, answer};

    #[test]
    fn what_becomes_of_a_set_has_a_status_of_its_own() {
        let (element, what) = ("lamp".to_owned(), "parameter 7".to_owned());
        for (result, status) in [
            (Some(Ok(())), StatusCode::NO_CONTENT),
            (Some(Err(Error::Stopped { element: element.clone() })), StatusCode::CONFLICT),
            (Some(Err(Error::Unknown { what })), StatusCode::NOT_FOUND),
            (Some(Err(Error::Paused { element })), StatusCode::UNPROCESSABLE_ENTITY),
            (None, StatusCode::GATEWAY_TIMEOUT), // a hook holds the element
        ] {
            assert_eq!(answer(result.clone()).status(), status, "{result:?}");
        }
    }
}
