import Fixtures

/// A certificate that `sluice connect` must not take, and the alert that says why.
struct Refusal {
    let identity: Fixtures.Identity
    let roots: String
    let alert: String

    static let all = [
        Refusal(identity: Fixtures.serverECDSA, roots: Fixtures.path("stranger.pem"), alert: "unknown_ca"),
        Refusal(identity: Fixtures.selfSigned, roots: Fixtures.path("root.pem"), alert: "unknown_ca"),
        Refusal(identity: Fixtures.wrongHost, roots: Fixtures.path("root.pem"), alert: "bad_certificate"),
        Refusal(identity: Fixtures.expired, roots: Fixtures.path("root.pem"), alert: "certificate_expired"),
        Refusal(identity: Fixtures.notYetValid, roots: Fixtures.path("root.pem"), alert: "bad_certificate"),
    ]
}
