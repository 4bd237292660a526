import Testing

extension Interop {
    /// `sluice proxy` between clients and servers that aren't ours.
    @Suite enum Proxies {}
}
