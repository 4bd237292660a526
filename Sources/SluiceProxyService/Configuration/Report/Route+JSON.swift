internal import Sluice
internal import SluicePreamble
internal import SluiceProxy
internal import SluiceReplay

extension ProxyConfiguration.Route {
    /// The route in the keys of a configuration file. What its mode has no use for is left out.
    var jsonText: JSONText {
        .fields {
            $0["name"] = .string(name)
            $0["mode"] = .string(mode.rawValue)
            $0["match"] = .fields {
                $0["sni"] = .names(match.serverNames)
                $0["alpn"] = .names(match.applicationProtocols)
                $0["clients"] = .names(match.clientRanges)
            }
            if mode.endsClientTLS {
                $0["certificates"] = .array(certificates.map(\.jsonText))
                $0["client_auth"] = clientAuthentication.jsonText
                $0["tls"] = .fields { tls.add(to: &$0, alpn: .names(tls.applicationProtocols)) }
                $0["tickets"] = tickets.jsonText
            }
            $0["upstream"] = upstream.jsonText
            if mode.beginsUpstreamTLS || upstream.healthCheck?.kind == .tls {
                $0["upstream_tls"] = upstreamTLS.jsonText
            }
        }
    }
}

extension ProxyConfiguration.IdentityFiles {
    fileprivate var jsonText: JSONText {
        .fields {
            $0["certificate"] = .string(certificate)
            $0["key"] = key.map { .string($0) }
            $0["passphrase_file"] = passphrase.map { .string($0) }
            $0["ocsp_staple"] = ocspResponse.map { .string($0) }
        }
    }
}

extension ProxyConfiguration.ClientAuthentication {
    fileprivate var jsonText: JSONText {
        guard let requirements else { return "none" }
        return .fields {
            if case .optional = self { $0["mode"] = "optional" } else { $0["mode"] = "required" }
            $0["ca"] = .names(requirements.roots)
            $0["crl"] = .names(requirements.revocationLists)
            $0["names"] = .names(requirements.names.patterns)
        }
    }
}

extension ProxyConfiguration.TLSSettings {
    fileprivate func add(to fields: inout Fields, alpn: JSONText) {
        let words = [(TLSVersion.tls12, "1.2"), (.tls13, "1.3")].filter { versions.contains($0.0) }.map(\.1)
        fields["versions"] = .names(words)
        fields["cipher_suites"] = .names(cipherSuites)
        fields["tls12_cipher_suites"] = .names(tls12CipherSuites)
        fields["groups"] = .names(groups)
        fields["alpn"] = alpn
    }
}

extension ProxyConfiguration.Tickets {
    fileprivate var jsonText: JSONText {
        .fields {
            $0["keys"] = .names(keys)
            $0["lifetime"] = .duration(lifetime)
            $0["count"] = .number(count)
            $0["rotation"] = .duration(rotation)
        }
    }
}

extension ProxyConfiguration.Upstream {
    fileprivate var jsonText: JSONText {
        .fields {
            $0["servers"] = .array(
                servers.map { server in
                    .fields {
                        $0["address"] = .string(server.address.description)
                        $0["weight"] = .number(server.weight)
                    }
                }
            )
            $0["balance"] = .string(balance.rawValue)
            $0["connect_timeout"] = connectTimeout.map { .duration($0) }
            $0["attempts"] = .number(attempts)
            $0["send_proxy"] = .string(proxyProtocol.map { "v\($0.rawValue)" } ?? "none")
            $0["starttls"] = startTLS.map { .string($0.rawValue) }
            $0["health_check"] = healthCheck?.jsonText
            $0["ejection"] =
                ejection.map { ejection in
                    .fields {
                        $0["failures"] = .number(ejection.failures)
                        $0["time"] = .duration(ejection.time)
                    }
                } ?? "none"
        }
    }
}

extension ProxyConfiguration.HealthCheck {
    fileprivate var jsonText: JSONText {
        .fields {
            $0["kind"] = .string(kind.rawValue)
            $0["interval"] = .duration(interval)
            $0["timeout"] = .duration(timeout)
            $0["rise"] = .number(rise)
            $0["fall"] = .number(fall)
        }
    }
}

extension ProxyConfiguration.UpstreamTLS {
    fileprivate var jsonText: JSONText {
        .fields {
            switch serverName {
            case .fixed(let name): $0["server_name"] = .string(name.description)
            case .fromClient: $0["server_name"] = "from_client"
            }
            switch verification {
            case .system: $0["ca"] = "system"
            case .roots(let paths): $0["ca"] = .names(paths)
            case .dangerouslySkipped: $0["dangerously_skip_verification"] = true
            }
            $0["crl"] = .names(revocationLists)
            $0["identity"] = identity?.jsonText
            tls.add(to: &$0, alpn: protocolOffer == .fromClient ? "from_client" : .names(tls.applicationProtocols))
        }
    }
}
