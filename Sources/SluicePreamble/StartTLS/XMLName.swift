/// A name with the namespace that its prefix stands for.
struct XMLName: Hashable, Sendable {
    let namespace: String
    let local: String
}

/// An element's start.
struct XMLElement: Hashable, Sendable {
    let name: XMLName
    /// 1 for the root.
    let depth: Int
    let attributes: [String: String]
}

/// Which prefixes stand for what, "" being the default namespace.
struct XMLNamespaces: Hashable, Sendable {
    private var prefixes = ["": "", "xml": "http://www.w3.org/XML/1998/namespace"]

    /// Adds `xmlns='…'` and `xmlns:prefix='…'` of a tag. An element inherits those around it.
    mutating func declare(_ attributes: [String: String]) throws(PreambleError) {
        for (name, value) in attributes {
            if name == "xmlns" {
                prefixes[""] = value
            } else if name.hasPrefix("xmlns:") {
                prefixes[String(name.dropFirst("xmlns:".count))] = value
            }
        }
        guard prefixes.count <= PreambleLimits.xmppAttributesMax else {
            throw PreambleError(.tooLong, "more than \(PreambleLimits.xmppAttributesMax) namespaces are declared")
        }
    }

    /// The name that `prefix:local` or `local` stands for.
    func name(of tag: String) throws(PreambleError) -> XMLName {
        let parts = tag.split(separator: ":", omittingEmptySubsequences: false)
        let prefix = parts.count == 2 ? String(parts[0]) : ""
        guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty }), let local = parts.last,
            let namespace = prefixes[prefix]
        else {
            throw XMLScanner.malformed("nothing says what the name \(quoted(Array(tag.utf8))) stands for")
        }
        return XMLName(namespace: namespace, local: String(local))
    }
}
