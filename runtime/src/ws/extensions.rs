//! The `Sec-WebSocket-Extensions` header (RFC 6455, section 9.1).

/// One element of the header: an extension's name and its parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Extension {
    /// The extension token.
    pub(super) name: String,
    /// The parameters in order, each with its value, quotes removed.
    pub(super) params: Vec<(String, Option<String>)>,
}

/// The header's value breaks the grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is not a list of extensions")]
pub(super) struct Malformed;

/// Reads one value of the header.
pub(super) fn parse(value: &str) -> Result<Vec<Extension>, Malformed> {
    let mut reader = Reader { rest: value };
    let mut extensions = Vec::new();
    loop {
        reader.skip_spaces();
        // An element of a list may be empty (RFC 9110, section 5.6.1.2).
        if !reader.rest.is_empty() && !reader.rest.starts_with(',') {
            extensions.push(reader.extension()?);
            reader.skip_spaces();
        }
        if reader.rest.is_empty() {
            return Ok(extensions);
        }
        reader.take(',').ok_or(Malformed)?;
    }
}

/// What is left of a header's value.
struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn extension(&mut self) -> Result<Extension, Malformed> {
        let name = self.token()?;
        let mut params = Vec::new();
        loop {
            self.skip_spaces();
            if self.take(';').is_none() {
                return Ok(Extension { name, params });
            }
            self.skip_spaces();
            let param = self.token()?;
            self.skip_spaces();
            let value = if self.take('=').is_some() {
                self.skip_spaces();
                Some(if self.take('"').is_some() { self.quoted()? } else { self.token()? })
            } else {
                None
            };
            params.push((param, value));
        }
    }

    fn token(&mut self) -> Result<String, Malformed> {
        let end = self.rest.find(|c| !is_token_char(c)).unwrap_or(self.rest.len());
        let (token, rest) = self.rest.split_at_checked(end).ok_or(Malformed)?;
        self.rest = rest;
        if token.is_empty() { Err(Malformed) } else { Ok(token.to_owned()) }
    }

    /// The text up to the closing quote. It must read as a token once unquoted (RFC 6455, section 9.1).
    fn quoted(&mut self) -> Result<String, Malformed> {
        let mut text = String::new();
        let mut chars = self.rest.chars();
        loop {
            match chars.next().ok_or(Malformed)? {
                '"' => break,
                '\\' => text.push(chars.next().ok_or(Malformed)?),
                c => text.push(c),
            }
        }
        self.rest = chars.as_str();
        if !text.is_empty() && text.chars().all(is_token_char) { Ok(text) } else { Err(Malformed) }
    }

    fn take(&mut self, c: char) -> Option<()> {
        self.rest = self.rest.strip_prefix(c)?;
        Some(())
    }

    fn skip_spaces(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t']);
    }
}

/// `tchar` of RFC 9110, section 5.6.2.
fn is_token_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: &str) -> String {
        let extensions = match parse(value) {
            Ok(extensions) => extensions,
            Err(error) => return error.to_string(),
        };
        let mut shown = String::new();
        for Extension { name, params } in extensions {
            shown += &["[", &name].concat();
            for (name, value) in params {
                shown += &[" ", &name, value.as_ref().map_or("", |_| "="), value.as_deref().unwrap_or("")].concat();
            }
            shown += "]";
        }
        shown
    }

    #[test]
    fn rfc_6455_9_1_list_of_extensions() {
        let cases = [
            ("", ""),
            (",, ,", ""),
            ("a", "[a]"),
            (" a , b,c ", "[a][b][c]"),
            ("permessage-deflate; client_max_window_bits", "[permessage-deflate client_max_window_bits]"),
            ("a;b=1;c=\"2\"", "[a b=1 c=2]"),
            ("a ; b = 1 ; c", "[a b=1 c]"),
            ("a; b=\"1\\0\", c", "[a b=10][c]"),
            ("a; b=\"x,y\"", "it is not a list of extensions"),
            ("a; b=\"", "it is not a list of extensions"),
            ("a; b=\"\\", "it is not a list of extensions"),
            ("a; b=\"\"", "it is not a list of extensions"),
            ("a;", "it is not a list of extensions"),
            ("a; =1", "it is not a list of extensions"),
            ("a; b=", "it is not a list of extensions"),
            ("a b", "it is not a list of extensions"),
            ("; a", "it is not a list of extensions"),
            ("ä", "it is not a list of extensions"),
            ("a; b=1 2", "it is not a list of extensions"),
        ];
        for (value, expected) in cases {
            assert_eq!(shown(value), expected, "{value:?}");
        }
    }
}
