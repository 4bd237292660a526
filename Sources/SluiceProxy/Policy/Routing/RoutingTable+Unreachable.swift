extension RoutingTable {
    /// Finds rules that can never be chosen where a ClientHello is read.
    ///
    /// Each name of a rule is looked at alone, as another may still be in reach. A rule that only several others cover
    /// together isn't found.
    public var unreachable: [UnreachableRule] {
        rules.indices.flatMap { index in
            names(ofRule: index).compactMap { name in
                cover(ofRule: index, among: rivals(for: name)).map {
                    UnreachableRule(rule: index, serverName: name, reason: .shadowed(by: $0))
                }
            }
        }
    }

    /// Finds rules that can never be chosen where there is no ClientHello.
    public var unreachableInPlaintext: [UnreachableRule] {
        let usable = nameless.filter { !rules[$0].match.needsClientHello }
        return rules.indices.compactMap { index in
            if rules[index].match.needsClientHello {
                return UnreachableRule(rule: index, serverName: nil, reason: .needsClientHello)
            }
            return cover(ofRule: index, among: usable).map {
                UnreachableRule(rule: index, serverName: nil, reason: .shadowed(by: $0))
            }
        }
    }

    /// The names of a rule, each once; nil stands for none.
    private func names(ofRule index: Int) -> [NamePattern?] {
        var seen: Set<NamePattern> = []
        let names = rules[index].match.serverNames.filter { seen.insert($0).inserted }
        return names.isEmpty ? [nil] : names
    }

    private func rivals(for name: NamePattern?) -> [Int] {
        guard let name else { return nameless }
        return (name.isWildcard ? wildcards : exactNames)[name.name] ?? []
    }

    /// The first of these rules that comes before and takes all that this one would.
    private func cover(ofRule index: Int, among rivals: [Int]) -> Int? {
        rivals.lazy.prefix { $0 < index }.first { rules[$0].match.covers(rules[index].match) }
    }
}
