//! Following redirects (HTTP-16, HTTP-17; RFC 9110, section 15.4).

use bytes::Bytes;

use super::super::connection::Address;
use super::super::destination::Destination;
use super::send::{host, is_absolute};
use super::{Current, HeaderLine, HttpAnswer, HttpRequest};

/// How many redirects one request may meet.
const LIMIT: usize = 10;
/// Headers that are for the first server only.
const PRIVATE: [&str; 4] = ["Authorization", "Cookie", "Proxy-Authorization", "Host"];
/// Headers that describe a body.
const OF_THE_BODY: [&str; 3] = ["Content-Length", "Content-Type", "Content-Encoding"];

/// Why a redirect is not followed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct RefusedRedirect {
    /// For the parameter of the status line.
    pub(super) short: &'static str,
    pub(super) why: String,
}

impl Current {
    /// The request that follows the answer; none when it is no redirect.
    pub(super) fn redirect(&mut self, answer: &HttpAnswer) -> Option<Result<HttpRequest, RefusedRedirect>> {
        if !matches!(answer.status, 300..=303 | 307 | 308) {
            return None;
        }
        let location = answer.values("Location").next()?;
        let earlier = format!("{} {}", self.sent.verb, self.sent.full_url());
        self.visited.push(earlier);
        Some(self.redirected(answer.status, location))
    }

    fn redirected(&self, status: u16, location: &str) -> Result<HttpRequest, RefusedRedirect> {
        if self.visited.len() > LIMIT {
            let why = format!("more than {LIMIT} redirects");
            return Err(RefusedRedirect { short: "too many redirects", why });
        }
        let request = follow(&self.sent, status, location).ok_or_else(|| RefusedRedirect {
            short: "bad redirect",
            why: "a redirect names no usable address".to_owned(),
        })?;
        let next = format!("{} {}", request.verb, request.full_url());
        if self.visited.contains(&next) {
            let why = format!("the redirect to {} leads in a circle", request.url());
            return Err(RefusedRedirect { short: "redirect loop", why });
        }
        Ok(request)
    }
}

/// The request to `location`.
fn follow(sent: &HttpRequest, status: u16, location: &str) -> Option<HttpRequest> {
    let location = location.trim().split('#').next().unwrap_or_default();
    if location.chars().any(|char| char.is_control() || char == ' ' || !char.is_ascii()) {
        return None;
    }
    let (to, target) = if is_absolute(location) {
        absolute(sent, location)?
    } else if let Some(rest) = location.strip_prefix("//") {
        absolute(sent, &format!("{}://{rest}", if sent.to.secure { "https" } else { "http" }))?
    } else {
        (sent.to.clone(), relative(&sent.target, location).into())
    };
    let stays = (to.secure, &to.host, to.port) == (sent.to.secure, &sent.to.host, sent.to.port);
    // What every client does: 303, and POST with 301 and 302, become GET (RFC 9110, sections 15.4.2 to 15.4.4).
    let is_post = sent.verb.eq_ignore_ascii_case("POST");
    let becomes_get = (status == 303 && !sent.verb.eq_ignore_ascii_case("HEAD")) || (is_post && status < 303);
    let is = |header: &HeaderLine, names: &[&str]| names.iter().any(|name| header.name.eq_ignore_ascii_case(name));
    let kept = sent.headers.iter().filter(|header| stays || (!header.secret && !is(header, &PRIVATE)));
    let kept = kept.filter(|header| !becomes_get || !is(header, &OF_THE_BODY));
    let mut headers: Vec<HeaderLine> = kept.cloned().collect();
    if !stays {
        headers.insert(0, HeaderLine { name: "Host".into(), value: host(&to).into(), secret: false });
    }
    let (verb, body) = if becomes_get { ("GET".into(), Bytes::new()) } else { (sent.verb.clone(), sent.body.clone()) };
    Some(HttpRequest { to, verb, target, headers, body, secret: sent.secret })
}

fn absolute(sent: &HttpRequest, location: &str) -> Option<(Destination, Box<str>)> {
    let address = Address::parse(location, sent.secret).ok()?;
    let secure = address.secure?;
    let port = address.port.unwrap_or(Address::default_port(secure));
    let target = address.path.unwrap_or_else(|| "/".into());
    Some((Destination { secure, host: address.host, port, ..sent.to.clone() }, target))
}

/// RFC 3986, section 5.2, for what has neither a scheme nor a host.
fn relative(base: &str, reference: &str) -> String {
    let path = base.split('?').next().unwrap_or_default();
    if reference.is_empty() {
        return base.to_owned();
    }
    if reference.starts_with('?') {
        return format!("{path}{reference}");
    }
    let folder = if reference.starts_with('/') { "" } else { path.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let joined = format!("{folder}/{}", reference.trim_start_matches('/'));
    let (path, query) = joined.split_once('?').map_or((joined.as_str(), None), |(path, query)| (path, Some(query)));
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/').skip(1) {
        match segment {
            "." => {}
            ".." => drop(segments.pop()),
            segment => segments.push(segment),
        }
    }
    if path.ends_with("/.") || path.ends_with("/..") {
        segments.push("");
    }
    let path = format!("/{}", segments.join("/"));
    query.map_or(path.clone(), |query| format!("{path}?{query}"))
}

#[cfg(test)]
mod tests {
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
                header("Authorization", true),
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
            assert!(follow(&sent("GET"), 302, location).is_none(), "{location}");
        }
    }

    #[test]
    fn http_16_another_server_is_not_told_who_asks() {
        let same = follow(&sent("GET"), 307, "/x").expect("a redirect");
        assert_eq!(names(&same), ["Host", "Accept", "Authorization", "X-Token", "Content-Length"]);
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
