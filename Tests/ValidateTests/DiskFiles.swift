import Glibc
import Validate

/// Reads fixtures from the disk.
struct DiskFiles: FileSource {
    /// Put before relative paths, so that tests show short ones.
    var root = ""

    private func located(_ path: String) -> String {
        path.hasPrefix("/") || root.isEmpty ? path : "\(root)/\(path)"
    }

    func contents(ofFile path: String, byteCountMax: Int) throws(FileSourceError) -> [UInt8] {
        // SAFETY: the path becomes a C string for the call.
        let descriptor = unsafe open(located(path), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        var contents: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while contents.count <= byteCountMax {
            // SAFETY: `read` writes at most `buffer.count` bytes.
            let count = unsafe read(descriptor, &buffer, buffer.count)
            guard count >= 0 else { throw failure(path) }
            if count == 0 { break }
            contents += buffer[..<count]
        }
        return contents
    }

    func names(inDirectory path: String) throws(FileSourceError) -> [String] {
        guard let directory = unsafe opendir(located(path)) else { throw failure(path) }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            // SAFETY: `d_name` ends with NUL inside the entry, which lives until the next call.
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe String(
                    cString: UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    private func failure(_ path: String) -> FileSourceError {
        // SAFETY: `strerror` gives a string that lives until the next call.
        FileSourceError(path: path, reason: unsafe String(cString: strerror(errno)))
    }
}
