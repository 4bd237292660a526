/// A value for each end.
public struct PerEnd<Value> {
    /// The client's.
    public var client: Value
    /// The server's.
    public var server: Value

    /// These two.
    public init(client: Value, server: Value) {
        self.client = client
        self.server = server
    }

    init(_ value: (End) -> Value) {
        self.init(client: value(.client), server: value(.server))
    }

    /// That of an end.
    public subscript(end: End) -> Value {
        get { end == .client ? client : server }
        _modify {
            if end == .client { yield &client } else { yield &server }
        }
    }
}

extension PerEnd: Equatable where Value: Equatable {}
extension PerEnd: Hashable where Value: Hashable {}
extension PerEnd: Sendable where Value: Sendable {}
