/// Where configurations are read from: the disk, or memory in tests.
package protocol FileSource {
    /// The bytes of a file.
    ///
    /// - Parameter byteCountMax: Of a larger file, the reader may give just one byte more than this.
    func contents(ofFile path: String, byteCountMax: Int) throws(FileSourceError) -> [UInt8]

    /// The names of the files directly in a directory, in any order.
    func names(inDirectory path: String) throws(FileSourceError) -> [String]
}
