import Sluice
import SluicePOSIX

/// An OCSP response in a file, for the identity whose certificate it is about.
struct Staple {
    private let path: String
    private let response: OCSPResponse

    /// Reads a file.
    ///
    /// - Throws: Where it can't be read, or holds something else.
    init(path: String) throws {
        let bytes = try Files.read(path, bytesMax: TLSLimits.ocspResponseBytesMax)
        self.path = path
        do throws(TLSError) {
            response = try OCSPResponse(der: bytes)
        } catch {
            throw UsageError("--ocsp \(path): \(error); openssl ocsp -respout writes such a file")
        }
    }

    /// The identities, that of the response's certificate with the response. Says so if clients won't take it now.
    func attached(to identities: [TLSIdentity], _ console: Console) throws -> [TLSIdentity] {
        guard identities.contains(where: { (try? $0.stapling(response)) != nil }) else {
            let numbers = identities.map(\.leaf.serialNumber).joined(separator: ", ")
            throw UsageError("--ocsp \(path): it is about none of the certificates (\(numbers)) but \(response)")
        }
        if let answer = response.answers.first(where: { !$0.isCurrent(at: .now) }) {
            let until = answer.nextUpdate.map { " until \($0)" } ?? ""
            console.note("--ocsp \(path) is good from \(answer.thisUpdate)\(until), not now")
        }
        return identities.map { (try? $0.stapling(response)) ?? $0 }
    }
}
