import Sluice
import SluiceProxy

/// A rule from texts; those that are wrong are left out.
func rule<Target>(
    _ target: Target,
    names: [String] = [],
    protocols: [String] = [],
    clients: [String] = []
) -> RoutingRule<Target> {
    let match = RouteMatch(
        serverNames: names.compactMap { NamePattern($0) },
        applicationProtocols: protocols.compactMap { ApplicationProtocol($0) },
        clients: clients.compactMap { AddressRange($0) }
    )
    return RoutingRule(match, to: target)
}
