//! HTTP requests over any byte stream, by hyper: one after the other on one connection (HTTP-02, HTTP-03).

mod lane;
mod unpack;

use std::future::Future;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Request, Uri};
use http_body_util::Full;

use crate::engine::destination::Destination;
use crate::engine::{HttpAnswer, HttpRequest, RequestFailure};
use crate::error::Reason;
use crate::ws::Io;

pub(crate) use self::lane::Lane;
use self::lane::LaneError;

/// Sends a request, on `lane` if that is open and leads there, and gives back the answer and the connection that it came
/// on. `dial` connects; its error is why there is no connection.
///
/// It has no deadline of its own: the caller drops the future when the wait is over (HTTP-19).
pub(crate) async fn exchange<D: Future<Output = Result<Box<dyn Io>, Reason>>>(
    lane: Option<Lane>,
    request: &HttpRequest,
    limit: usize,
    dial: impl FnOnce(Destination) -> D,
) -> (Option<Lane>, Result<HttpAnswer, RequestFailure>) {
    let message = match message(request) {
        Ok(message) => message,
        Err(why) => return (lane, Err(RequestFailure::Answer(Reason::Request(why.into())))),
    };
    if let Some(mut lane) = lane.filter(|lane| lane.leads_to(&request.to)) {
        match lane.send(message.clone(), limit).await {
            Ok(answer) => return (Some(lane), Ok(answer)),
            // The server had closed it meanwhile (RFC 9112, section 9.3.1).
            Err(LaneError::Closed { unsent }) if unsent || message.method().is_idempotent() => {}
            Err(error) => return (None, Err(RequestFailure::Answer(error.into()))),
        }
    }
    let io = match dial(request.to.clone()).await {
        Ok(io) => io,
        Err(reason) => return (None, Err(RequestFailure::Connect(reason))),
    };
    let mut lane = match Lane::open(io, request.to.clone()).await {
        Ok(lane) => lane,
        Err(error) => return (None, Err(RequestFailure::Answer(error.into()))),
    };
    match lane.send(message, limit).await {
        Ok(answer) => (Some(lane), Ok(answer)),
        Err(error) => (None, Err(RequestFailure::Answer(error.into()))),
    }
}

/// The request as hyper has it. The error says what it does not take.
fn message(request: &HttpRequest) -> Result<Request<Full<Bytes>>, String> {
    let mut message = Request::new(Full::new(request.body.clone()));
    *message.method_mut() = Method::from_bytes(request.verb.as_bytes()).map_err(|error| error.to_string())?;
    *message.uri_mut() = Uri::try_from(&*request.target).map_err(|error| format!("the URL can't be sent: {error}"))?;
    for line in &request.headers {
        let wrong = |what: &str| format!("the {what} of header {} can't be sent", line.name.escape_debug());
        let name = HeaderName::from_bytes(line.name.as_bytes()).map_err(|_| wrong("name"))?;
        let value = HeaderValue::from_bytes(line.value.as_bytes()).map_err(|_| wrong("value"))?;
        message.headers_mut().append(name, value);
    }
    Ok(message)
}
