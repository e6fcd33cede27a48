extension StaticString {
    /// The UTF-8 of the text. It lives as long as the process.
    ///
    /// - Precondition: The text was made from a string literal, as all of them are here.
    var octets: RawSpan {
        @_lifetime(immortal)
        @inline(always)
        get {
            // SAFETY: the literal's bytes are in the program's constants.
            let bytes = unsafe UnsafeRawBufferPointer(
                start: utf8Start, count: utf8CodeUnitCount)
            return unsafe _overrideLifetime(RawSpan(_unsafeBytes: bytes), copying: ())
        }
    }
}
