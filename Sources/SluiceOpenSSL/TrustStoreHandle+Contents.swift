internal import COpenSSL

extension TrustStoreHandle {
    /// Every certificate in the store (`X509_STORE_get1_all_certs`); revocation lists are left out.
    package var certificates: [X509Handle] {
        unsafe withPointer { store in
            guard let stack = unsafe X509_STORE_get1_all_certs(store) else { return [] }
            defer { unsafe sluice_sk_X509_pop_free(stack) }
            return (try? unsafe X509Handle.certificates(in: stack)) ?? []
        }
    }
}
