//! The request that follows a redirect (HTTP-16, HTTP-17; RFC 9110, section 15.4).

use bytes::Bytes;

use super::super::header_line::HeaderLine;
use super::super::redirect::{RefusedRedirect, kept, leads_to};
use super::{Current, HttpAnswer, HttpRequest};

/// Headers that describe a body.
const OF_THE_BODY: [&str; 3] = ["Content-Length", "Content-Type", "Content-Encoding"];

impl Current {
    /// The request that follows the answer; none when it is no redirect.
    pub(super) fn redirect(&mut self, answer: &HttpAnswer) -> Option<Result<HttpRequest, RefusedRedirect>> {
        if !matches!(answer.status, 300..=303 | 307 | 308) {
            return None;
        }
        let location = answer.values("Location").next()?;
        Some(self.redirected(answer.status, location))
    }

    fn redirected(&mut self, status: u16, location: &str) -> Result<HttpRequest, RefusedRedirect> {
        let request = follow(&self.sent, status, location)?;
        let place = |request: &HttpRequest| format!("{} {}", request.verb, request.full_url());
        self.trail.go_on(place(&self.sent), &place(&request), &request.url())?;
        Ok(request)
    }
}

/// The request to `location`.
fn follow(sent: &HttpRequest, status: u16, location: &str) -> Result<HttpRequest, RefusedRedirect> {
    let (to, target) = leads_to(&sent.to, &sent.target, location)?;
    // What every client does: 303, and POST with 301 and 302, become GET (RFC 9110, sections 15.4.2 to 15.4.4).
    let is_post = sent.verb.eq_ignore_ascii_case("POST");
    let becomes_get = (status == 303 && !sent.verb.eq_ignore_ascii_case("HEAD")) || (is_post && status < 303);
    let is_of_the_body = |line: &HeaderLine| OF_THE_BODY.iter().any(|name| line.is(name));
    let mut headers = kept(&sent.headers, &sent.to, &to);
    headers.retain(|line| !becomes_get || !is_of_the_body(line));
    let (verb, body) = if becomes_get { ("GET".into(), Bytes::new()) } else { (sent.verb.clone(), sent.body.clone()) };
    Ok(HttpRequest { to, verb, target, headers, body, secret: sent.secret })
}

#[cfg(test)]
mod tests {
    use super::super::super::destination::Destination;
    use super::*;

    fn sent(verb: &str) -> HttpRequest {
        let header = |name: &str, secret| HeaderLine { name: name.into(), value: "x".into(), secret };
        HttpRequest {
            to: Destination { secure: false, host: "device".into(), port: 80, proxy: None, certificate: false },
            verb: verb.into(),
            target: "/a/b?q=1".into(),
            headers: vec![
                header("Host", false),
                header("Accept", false),
                // A header of the connector's own, which is no secret by itself.
                header("authorization", false),
                header("Cookie", false),
                header("Proxy-Authorization", false),
                header("X-Token", true),
                header("Content-Length", false),
            ],
            body: Bytes::from_static(b"body"),
            secret: false,
        }
    }

    fn names(request: &HttpRequest) -> Vec<&str> {
        request.headers.iter().map(|header| &*header.name).collect()
    }

    #[test]
    fn http_16_every_form_of_a_location_is_followed() {
        for (location, url) in [
            ("http://other:81/x?y", "http://other:81/x?y"),
            ("https://device/x", "https://device:443/x"),
            ("//other/x", "http://other:80/x"),
            ("/x", "http://device:80/x"),
            ("x/y?z", "http://device:80/a/x/y?z"),
            ("../x", "http://device:80/x"),
            ("./", "http://device:80/a/"),
            ("..", "http://device:80/"),
            ("../../..", "http://device:80/"),
            ("?z", "http://device:80/a/b?z"),
            ("/x#part", "http://device:80/x"),
        ] {
            let request = follow(&sent("GET"), 302, location).expect(location);
            assert_eq!(request.full_url(), url, "{location}");
        }
        for location in ["ftp://device/x", "http://", "http://u@device/", "/a b", "/a\rb"] {
            assert!(follow(&sent("GET"), 302, location).is_err(), "{location}");
        }
    }

    #[test]
    fn http_16_nothing_leads_out_of_tls() {
        let mut secure = sent("GET");
        (secure.to.secure, secure.to.port) = (true, 443);
        let refused = follow(&secure, 302, "http://device/x").expect_err("not followed");
        assert_eq!(refused.short, "bad redirect");
        assert_eq!(follow(&secure, 302, "//device/x").expect("a redirect").full_url(), "https://device:443/x");
    }

    #[test]
    fn http_16_another_server_is_not_told_who_asks() {
        let same = follow(&sent("GET"), 307, "/x").expect("a redirect");
        assert_eq!(
            names(&same),
            ["Host", "Accept", "authorization", "Cookie", "Proxy-Authorization", "X-Token", "Content-Length"]
        );
        for elsewhere in ["http://other/", "https://device/", "http://device:81/"] {
            let request = follow(&sent("GET"), 307, elsewhere).expect("a redirect");
            assert_eq!(names(&request), ["Host", "Accept", "Content-Length"], "{elsewhere}");
        }
    }

    #[test]
    fn http_16_the_verb_changes_as_it_does_with_every_client() {
        for (verb, status, then, body) in [
            ("POST", 301, "GET", ""),
            ("POST", 302, "GET", ""),
            ("PUT", 302, "PUT", "body"),
            ("PUT", 303, "GET", ""),
            ("HEAD", 303, "HEAD", "body"),
            ("POST", 307, "POST", "body"),
            ("POST", 308, "POST", "body"),
        ] {
            let request = follow(&sent(verb), status, "/x").expect("a redirect");
            assert_eq!((&*request.verb, &*request.body), (then, body.as_bytes()), "{verb} {status}");
        }
    }
}
