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

    /// Every revocation list in the store (`X509_STORE_get0_objects`).
    package var revocationLists: [CRLHandle] {
        unsafe withPointer { store in
            guard let objects = unsafe X509_STORE_get0_objects(store) else { return [] }
            return unsafe (0..<max(0, sluice_sk_X509_OBJECT_num(objects))).compactMap { index in
                guard let list = unsafe X509_OBJECT_get0_X509_CRL(sluice_sk_X509_OBJECT_value(objects, index))
                else { return nil }
                return try? unsafe CRLHandle(sharing: list)
            }
        }
    }
}
