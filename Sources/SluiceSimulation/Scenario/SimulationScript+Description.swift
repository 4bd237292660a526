extension SimulationScript: CustomStringConvertible {
    /// The script in lines: the seed and what isn't plain of the server, then of each connection.
    ///
    ///     seed 1006, server: ringCapacity 1279, ticketCount 3
    ///     connection 71: conditions.server.bytesPerSecond 11520, ends.client.byteCount 91
    public var description: String {
        let server = differences(of: server, from: ServerPlan())
        let lines = connections.map { plan in
            "connection \(plan.number): " + listed(differences(of: plan, from: ConnectionPlan(number: plan.number)))
        }
        return (["seed \(seed), server: " + listed(server)] + lines).joined(separator: "\n")
    }

    private func listed(_ differences: [String]) -> String {
        differences.isEmpty ? "plain" : differences.joined(separator: ", ")
    }

    /// The stored values of a struct that aren't those of another of its kind, each with the path that leads there.
    private func differences(of value: Any, from plain: Any, path: String = "") -> [String] {
        let children = Mirror(reflecting: value)
        guard children.displayStyle == .struct, !(value is Duration) else {
            let (shown, usual) = (shown(value), shown(plain))
            return shown == usual ? [] : ["\(path) \(shown)"]
        }
        return zip(children.children, Mirror(reflecting: plain).children).flatMap { child, plainChild in
            let path = [path, child.label ?? ""].filter { !$0.isEmpty }.joined(separator: ".")
            return differences(of: child.value, from: plainChild.value, path: path)
        }
    }

    /// A value without the word Optional.
    private func shown(_ value: Any) -> String {
        let mirror = Mirror(reflecting: value)
        guard mirror.displayStyle == .optional else { return "\(value)" }
        return mirror.children.first.map { "\($0.value)" } ?? "none"
    }
}
