//! The connector is written in place, and has no QActions: any state will do.
#![deny(warnings)]

mod switch {
    genlock::protocol! { r#"
        <Protocol>
            <Name>Switch</Name>
            <Version>1.0.0.1</Version>
            <ElementType>Switch</ElementType>
            <Connections>
                <Connection id="1" name="Link">
                    <Http><CommunicationOptions><WebSocket>true</WebSocket></CommunicationOptions></Http>
                </Connection>
            </Connections>
        </Protocol>
    "# }
}

fn main() {
    let _ = switch::element("switch 1", ());
}
