//! The token, traded for a cookie.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use tokio::sync::Mutex;

use super::{Shared, clock};

/// How long a wrong token takes. One is judged at a time, so nobody tries more than two a second.
const WRONG: Duration = Duration::from_millis(500);

/// Held while a token is judged.
static TURN: Mutex<()> = Mutex::const_new(());

/// What the page sends.
#[derive(Deserialize)]
pub(super) struct Given {
    token: String,
}

/// Takes the token.
pub(super) async fn open(State(shared): State<Arc<Shared>>, Json(given): Json<Given>) -> Response {
    let turn = TURN.lock().await;
    if !shared.guard.is_token(given.token.trim()) {
        clock::wait(WRONG).await;
        drop(turn);
        return (StatusCode::UNAUTHORIZED, "that is not the token\n").into_response();
    }
    (StatusCode::NO_CONTENT, [(header::SET_COOKIE, shared.guard.cookie())]).into_response()
}

/// Forgets who asked.
pub(super) async fn close(State(shared): State<Arc<Shared>>) -> Response {
    (StatusCode::NO_CONTENT, [(header::SET_COOKIE, shared.guard.no_cookie())]).into_response()
}
