import Fixtures
import Sluice
import SluiceOpenSSL

/// Checks a chain without a connection: nil if it is good.
func failure(
    of chain: [Certificate],
    under roots: TrustRoots,
    revocationLists: [RevocationList] = [],
    _ parameters: VerificationParameters
) throws -> VerificationFailure? {
    let store = try roots.makeStore(revocationLists: revocationLists)
    return VerificationFailure(try store.verify(chain.map(\.handle), parameters))
}

extension VerificationParameters {
    /// A server's certificate, at a fixed time, for a name if one is given.
    init(name: ServerName? = nil, at time: Int64 = Fixtures.now) {
        self.init()
        self.time = time
        switch name?.kind {
        case .dnsName: hostName = name?.description
        case .ipAddress: ipAddress = name?.addressBytes
        case nil: break
        }
    }
}
