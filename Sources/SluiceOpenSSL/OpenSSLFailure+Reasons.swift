internal import COpenSSL

extension OpenSSLFailure {
    /// Whether an algorithm was asked for that no loaded provider offers.
    var isUnsupportedAlgorithm: Bool {
        library == ERR_LIB_EVP && [CInt(ERR_R_UNSUPPORTED), EVP_R_UNSUPPORTED_ALGORITHM].contains(reason)
    }
}
