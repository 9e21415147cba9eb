//! What stands between the braces of the macros.

use genlock_codegen::FaultId;
use proc_macro2::{Span, TokenStream};
use syn::parse::{Parse, ParseStream};
use syn::{Error, Ident, LitStr, Result, Token, bracketed};

/// `[path of genlock] "…"`, then options.
pub(crate) struct Input {
    /// The path by which generated code reaches `genlock`.
    pub(crate) crate_path: TokenStream,
    /// The path of the file, or its text.
    pub(crate) source: LitStr,
    /// Every QAction has a default body (option `unhandled`).
    pub(crate) unhandled: bool,
    /// Warnings are errors (option `deny_warnings`).
    pub(crate) deny_warnings: bool,
    /// What the file may have (option `allow = [GL0412, "5.1.6"]`).
    pub(crate) allow: Vec<Allow>,
}

/// One entry of the option `allow`.
pub(crate) struct Allow {
    pub(crate) id: FaultId,
    pub(crate) span: Span,
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let path;
        bracketed!(path in input);
        let crate_path = path.parse()?;
        let source = input.parse().map_err(|error| {
            Error::new(error.span(), "expected a string literal: the path of a connector file, such as \"nmos.xml\"")
        })?;
        let mut parsed = Self { crate_path, source, unhandled: false, deny_warnings: false, allow: Vec::new() };
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if input.is_empty() {
                break;
            }
            parsed.option(input)?;
        }
        Ok(parsed)
    }
}

impl Input {
    fn option(&mut self, input: ParseStream<'_>) -> Result<()> {
        let option: Ident = input.parse()?;
        match option.to_string().as_str() {
            "unhandled" => self.unhandled = true,
            "deny_warnings" => self.deny_warnings = true,
            "allow" => {
                input.parse::<Token![=]>()?;
                let list;
                bracketed!(list in input);
                self.allow.extend(list.parse_terminated(Allow::parse, Token![,])?);
            }
            other => {
                let message =
                    format!("no option `{other}`: there are `unhandled`, `deny_warnings` and `allow = [GL0412]`");
                return Err(Error::new(option.span(), message));
            }
        }
        Ok(())
    }
}

/// `GL0412`, or `"5.1.6"`, which is no token on its own.
impl Parse for Allow {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let (text, span) = if input.peek(LitStr) {
            let literal: LitStr = input.parse()?;
            (literal.value(), literal.span())
        } else {
            let ident: Ident = input.parse().map_err(|error| {
                Error::new(
                    error.span(),
                    "expected a code such as `GL0412`, or the number of a rule such as `\"5.1.6\"`",
                )
            })?;
            (ident.to_string(), ident.span())
        };
        let id = text.parse::<FaultId>();
        let id = id.map_err(|unknown| Error::new(span, format!("{unknown}\n  help: {}", unknown.help())))?;
        Ok(Self { id, span })
    }
}
