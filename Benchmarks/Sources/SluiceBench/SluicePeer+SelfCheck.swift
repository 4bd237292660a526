import Sluice

// What it shows before it is timed.
extension SluicePeer {
    func negotiate(_ version: Version) throws -> Negotiated {
        var pair = try SluicePair(version == .tls13 ? tls13 : tls12)
        try SluiceCourier(style).establish(&pair)
        let versions: [TLSVersion: Version] = [.tls13: .tls13, .tls12: .tls12]
        guard let summary = pair.client.summary, let spoken = versions[summary.version], let group = summary.group
        else {
            throw PeerFailure(peer: name, words: "the client has no summary of its handshake, or one without a group")
        }
        return Negotiated(
            version: spoken,
            cipherSuite: summary.cipherSuite.openSSLName,
            // SSL_group_to_name(3) has it in small letters, objects have it in large ones.
            group: group.name == "x25519" ? "X25519" : group.name
        )
    }

    func resumes() throws -> Bool {
        // Fails where one end says that it didn't resume.
        _ = try resumptions(1)
        return true
    }

    func refuses(for fault: Fault) throws -> Bool {
        switch fault {
        case .wrongHost:
            try refusal(SluicePair(tls13, to: "wrong.test")) == .hostNameMismatch
        case .unknownCA:
            try refusal(SluicePair(SluiceContexts(material, .tls13, root: material.otherRoot)))
                == .unableToGetLocalIssuer
        }
    }

    /// Why the client doesn't accept the server's certificate; nil where it does.
    private func refusal(_ pair: consuming SluicePair) throws -> VerificationFailure.Reason? {
        do {
            try SluiceCourier(style).establish(&pair)
            return nil
        } catch let error as TLSError where error.code == .verificationFailed {
            return error.verification?.reason
        }
    }

    func digestOfTransfer(byteCount: Int) throws -> String {
        var courier = SluiceCourier(style)
        courier.received = []
        var pair = try establishedPair(courier)
        // Longer than a record, and no multiple of one.
        for start in stride(from: 0, to: byteCount, by: 50_000) {
            let plaintext = (start..<min(start + 50_000, byteCount)).map(Pattern.byte(at:))
            try courier.send(plaintext, from: &pair.client, to: &pair.server)
        }
        return Digest.sha256(courier.received ?? [])
    }
}
