internal import Sluice

/// Who the ends of a simulation are. The same on every machine, so that a seed gives the same bytes: their keys are in
/// this file, are no secret, and vouch for names under `.test` alone (RFC 6761 §6.2).
///
/// Each is its own root, valid from 2000-01-01T00:00:00Z to 9999-12-31T23:59:59Z (`openssl ca -selfsign`).
public enum SimulatedIdentity: String, CaseIterable, Hashable, Sendable {
    /// A server with an ECDSA key on P-256.
    case p256
    /// A server with an RSA key of 2048 bits.
    case rsa2048
    /// A server with an Ed25519 key.
    case ed25519
    /// A client, with an ECDSA key on P-256.
    case client

    /// Its certificate and key.
    func identity() throws(TLSError) -> TLSIdentity {
        let pem = Array(pem.utf8)
        return try TLSIdentity(pemChain: pem, pemKey: pem)
    }

    /// Roots that vouch for it alone.
    func roots() throws(TLSError) -> TrustRoots {
        .certificates(try Certificate.certificates(pem: pem))
    }

    /// Certificate and key, PEM.
    private var pem: String {
        switch self {
        case .p256: p256PEM
        case .rsa2048: rsa2048PEM
        case .ed25519: ed25519PEM
        case .client: clientPEM
        }
    }
}

private let p256PEM = """
    -----BEGIN CERTIFICATE-----
    MIIBcjCCARmgAwIBAgIBATAKBggqhkjOPQQDAjAaMRgwFgYDVQQDDA9zaW11bGF0
    aW9uLnRlc3QwIBcNMDAwMTAxMDAwMDAwWhgPOTk5OTEyMzEyMzU5NTlaMBoxGDAW
    BgNVBAMMD3NpbXVsYXRpb24udGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IA
    BIsjXsnjVMYjeVR8Q/ZdC1QAUb+WDbSLpr6sxGoQhblp3GzcUNWR3jkoYKInnIZR
    dW/oODuFFLvv/khyQipyJyOjTjBMMBoGA1UdEQQTMBGCD3NpbXVsYXRpb24udGVz
    dDAPBgNVHRMBAf8EBTADAQH/MB0GA1UdDgQWBBT3G8FLvcUoINSVWSWe6CYGZrTz
    8zAKBggqhkjOPQQDAgNHADBEAiBg8wjmCFkEEu/UTHGVpXvK7kjcOO5wbUBH/RoE
    Po0ZZQIgJaPwKsmxZ3VYQ18S3yWXt+AKtpzDaaOsLNwyhhbAm6Y=
    -----END CERTIFICATE-----
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgep3gHt9YGr621rK6
    OmSXKlwwTld4fY6yTTVhhMWYeXyhRANCAASLI17J41TGI3lUfEP2XQtUAFG/lg20
    i6a+rMRqEIW5adxs3FDVkd45KGCiJ5yGUXVv6Dg7hRS77/5IckIqcicj
    -----END PRIVATE KEY-----
    """

private let rsa2048PEM = """
    -----BEGIN CERTIFICATE-----
    MIIC/zCCAeegAwIBAgIBATANBgkqhkiG9w0BAQsFADAaMRgwFgYDVQQDDA9zaW11
    bGF0aW9uLnRlc3QwIBcNMDAwMTAxMDAwMDAwWhgPOTk5OTEyMzEyMzU5NTlaMBox
    GDAWBgNVBAMMD3NpbXVsYXRpb24udGVzdDCCASIwDQYJKoZIhvcNAQEBBQADggEP
    ADCCAQoCggEBAKO/Abq0iEdLAHT97XDK5EpA3/CYsR/8tyVqR6HlpMF/LJShsdvC
    /R8ZqsZXGBrRjg19clFCozc62cPib/nnEH6R4oiRpvUGZEtIQpDAd6EourC73FkV
    u0AiLlXxYVHf/gRAUrllVUM8EcFVoppX5CRwRuLWKQHTJ0o+tZomMkHy5CDEWr5k
    Lq4f3W2nnT/kn+9hVnD1XWfnLWEOs2A/1It1au/AHqjWSsTBTKblUEgCveOf989i
    6dmqfiCt4q4ahQDgTbun8sWbU6ySt+kO5ZrR3lNj+24rj/tPZJ6s8XIkJ21VyyvV
    wOIoM0z5OuNJKRNMioFPy3LQo4RlQS1X3fMCAwEAAaNOMEwwGgYDVR0RBBMwEYIP
    c2ltdWxhdGlvbi50ZXN0MA8GA1UdEwEB/wQFMAMBAf8wHQYDVR0OBBYEFGnjwrmw
    7AqGXrUBk0zwnDkddpiZMA0GCSqGSIb3DQEBCwUAA4IBAQBaVLOUNQ4cskx/x0mB
    ukLRP/83XBs1EU/dS+k58GDojaMv89DE2Cimbxakm+KwdW219MXyzSEm2baM29ig
    C/UW8SDzjcFgiEQ1ATlMcoouCMp1LL5UDr9+iAPQLu5P3TE2mHQRvnN41bdTogoG
    Vzp/LREZQeIo09os3pECHTheg2KVemMQSGcOKCdVhejf6r4MKRLfHGQH9f3NbT6b
    RzhwFidsnOGKyse4wCM6ZB1O+sigI/TEYdr1GM8ikUt1EoFEgcAo7GxYxwRTSaGI
    wvSPE/V+z3wdE99MWIshwg2FQjLGgVBJgNBYw0V7pR+CZWng/B+Pog+mvHtcWREg
    7gzd
    -----END CERTIFICATE-----
    -----BEGIN PRIVATE KEY-----
    MIIEvwIBADANBgkqhkiG9w0BAQEFAASCBKkwggSlAgEAAoIBAQCjvwG6tIhHSwB0
    /e1wyuRKQN/wmLEf/Lclakeh5aTBfyyUobHbwv0fGarGVxga0Y4NfXJRQqM3OtnD
    4m/55xB+keKIkab1BmRLSEKQwHehKLqwu9xZFbtAIi5V8WFR3/4EQFK5ZVVDPBHB
    VaKaV+QkcEbi1ikB0ydKPrWaJjJB8uQgxFq+ZC6uH91tp50/5J/vYVZw9V1n5y1h
    DrNgP9SLdWrvwB6o1krEwUym5VBIAr3jn/fPYunZqn4greKuGoUA4E27p/LFm1Os
    krfpDuWa0d5TY/tuK4/7T2SerPFyJCdtVcsr1cDiKDNM+TrjSSkTTIqBT8ty0KOE
    ZUEtV93zAgMBAAECggEAJizOy2dxaiWbOqtEowo6RPFxBBelG88AJ9HqV11Blvb+
    PryfyZthBdInFUySyxXV52E6uKUvhh3LTTbKYlmzZ769MJe8c92EnmR/WF32xfTH
    6ZIyofZGDIKriM/Yn4z4HKeeYai1QxKLFSbQ3OjmwHQIorPJJarDuzR5hDGpf+Qv
    2aXjhtiemwrVSd+dQyXpeilplFX3mPcYWX6mFHisumVCazFWS6w2Mv17x7kO3aP6
    5eifVygDegokdKCqZEJMtRTADf2tRgvbZU6Wy6HZ6gENKnqP1Ry0mlRFDkE1Zlxz
    /cc0NzfbICFdF26GZIat8wgzIin9rRASfS7LbWmcWQKBgQDgjDEJ9xgDcpt4X/mW
    qevucV0ZSP1UvVpeg5rYFDdk4z1hZMEV8KsnAsZSSJXY8jrXVxQeBCpUK736l2TW
    mH3hY12nz9oHV2e3dfxR7Yb7/NcK8Yct6heuVlQLqrS0vBDlAc/Y9mSwVfHYFqSP
    QYqdTAuKsmPhOI1j7VhPEr1iLQKBgQC6rpmyPzX1/Z3j7WlHECm1QsoWJ5dTMZV7
    XWkj+nCqcwWblsMpAZSdXMB5Kr284+ZJAN4haJQKLRnT7kQNy3FLYH9lN7E/U9gA
    ynezkkPYMb4vuiHtxln9PUmA0jh7ULFrxH03hGgpdnB5yyfAzy7HqmY1mkIn3lC6
    GTcxENn0nwKBgQDFDGFQVGTfSaiDFv3oqA6hfRvsv2+H+G6gOC8e5YbC4uMPX6JN
    hZg8MKQmuwm8irz2EbVWreMTYBtkF4znAISe0Fr0k2LKRHqAtWoJ3z4wTW3Mba1p
    rl6/n4Q7hL71R4Av5solo/sx/wmuzhf0mthwNrZ+LROXJdB122c+ZLyKtQKBgQCR
    H1hmA9OsBluuq4ny73Ks8V3uORrfVqVxAJ3SlUbuinoqiNnwT8U7S7ZouzxC0hvc
    VqtX51dmTcdNRGVtH+FUCpEem1vT8hbyDnNdim/pakoCCj2D/XVJc1JnrYSxAHrc
    XyREe08KJIOteqvNrIIeP64zL1cMbTvuX9nS79mv2wKBgQDfmwACmdTDjai1d3A5
    vzppm4+56Cf/m5qMbJ26QI3BeLGQCSFgY2mqzsork4rOMgodjM75rJPTXX8XcfoH
    onR7FYza6kbyznau5XGvbrNDH+Pjjsb8fHU62FB9NRpyWTuah8M/Pg0uiAS6jpm8
    Lepyf0nGAwJ/ZVAhO+ulLBFjvA==
    -----END PRIVATE KEY-----
    """

private let ed25519PEM = """
    -----BEGIN CERTIFICATE-----
    MIIBMjCB5aADAgECAgEBMAUGAytlcDAaMRgwFgYDVQQDDA9zaW11bGF0aW9uLnRl
    c3QwIBcNMDAwMTAxMDAwMDAwWhgPOTk5OTEyMzEyMzU5NTlaMBoxGDAWBgNVBAMM
    D3NpbXVsYXRpb24udGVzdDAqMAUGAytlcAMhAJX8BA/0kVqygL8BwkzqBJ3Qex3u
    RilL8dcBbJixA/p5o04wTDAaBgNVHREEEzARgg9zaW11bGF0aW9uLnRlc3QwDwYD
    VR0TAQH/BAUwAwEB/zAdBgNVHQ4EFgQUsTUQxD8n6ZEnXoQtBr/hfdj1L4wwBQYD
    K2VwA0EAzqILrxzeWjgMtfTMMWTaG8g2S4lde7duGep3YqdnuB88FQ+Qsq8wYAyn
    tYfjt4GXkLZEUw8RB5XLzUlZwIMtDA==
    -----END CERTIFICATE-----
    -----BEGIN PRIVATE KEY-----
    MC4CAQAwBQYDK2VwBCIEINdG7+EOHlBL04lKJs+tsaGwWd6+YazPdGnsks6E6L6g
    -----END PRIVATE KEY-----
    """

private let clientPEM = """
    -----BEGIN CERTIFICATE-----
    MIIBZjCCAQugAwIBAgIBATAKBggqhkjOPQQDAjAhMR8wHQYDVQQDDBZjbGllbnQu
    c2ltdWxhdGlvbi50ZXN0MCAXDTAwMDEwMTAwMDAwMFoYDzk5OTkxMjMxMjM1OTU5
    WjAhMR8wHQYDVQQDDBZjbGllbnQuc2ltdWxhdGlvbi50ZXN0MFkwEwYHKoZIzj0C
    AQYIKoZIzj0DAQcDQgAEtmMNExjsoi9E7CSm0zj4XKqeTKVpUOwfbqwgd1PdxAOk
    Xr+kyD6F2uLkHFcfXhoAmmKxQ2uvJTDiWoFZNz654KMyMDAwDwYDVR0TAQH/BAUw
    AwEB/zAdBgNVHQ4EFgQU8ciXbs/qjPy+eXtCxzuBDjIzlowwCgYIKoZIzj0EAwID
    SQAwRgIhAKJkY9G4DcCeNzwnQdLIjj/uZeB05iXIzonlmvmEQMqaAiEA57h3eN2c
    E0B2DDkibHF6+7QY6wVWDsNLm47p44ZDo5k=
    -----END CERTIFICATE-----
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgKuqW/SpMyiLi/tHq
    Nt5PEwjqtZqstJGgc4fI4S4wyC6hRANCAAS2Yw0TGOyiL0TsJKbTOPhcqp5MpWlQ
    7B9urCB3U93EA6Rev6TIPoXa4uQcVx9eGgCaYrFDa68lMOJagVk3Prng
    -----END PRIVATE KEY-----
    """
