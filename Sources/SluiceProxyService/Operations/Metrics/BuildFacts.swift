internal import Sluice

/// Which program this is.
package enum BuildFacts {
    /// A gauge that is always 1, and tells the versions of the program and of OpenSSL by its labels.
    package static func family(version: String) -> MetricFamily {
        let labels = MetricLabels([("version", version), ("openssl", TLSLibrary.version)])
        let help = "Always 1; the versions of the program and of OpenSSL are its labels."
        return MetricFamily("sluice_build_info", help, .gauge, [MetricSample(.number(1), labels: labels)])
    }
}
