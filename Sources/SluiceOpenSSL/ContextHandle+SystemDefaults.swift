internal import COpenSSL

extension ContextHandle {
    /// Undoes what the machine's openssl.cnf set on a context that was just made.
    ///
    /// `SSL_CTX_new_ex` applies the section `system_default` (config(5), `SSL_CONF_cmd`) in every library context, one of our
    /// own not excepted, and nothing turns that off for one context. An engine that must be repeatable can't have it: the
    /// file is another one on another machine, and `OPENSSL_CONF` names any. What the other settings don't replace anyway
    /// goes back here to what `SSL_CTX_new` begins with: options and padding. For lists see
    /// ``ContextSettings/signatureAlgorithmList(isRepeatable:)``.
    func forgetSystemDefaults() {
        unsafe _ = SSL_CTX_clear_options(pointer, .max)
        unsafe _ = SSL_CTX_set_options(pointer, sluice_SSL_OP_NO_COMPRESSION | sluice_SSL_OP_ENABLE_MIDDLEBOX_COMPAT)
        unsafe _ = SSL_CTX_set_block_padding(pointer, 0)
    }
}
