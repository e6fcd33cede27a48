import Glibc
import Validate

/// Reads configurations from the file system.
struct DiskFiles: FileSource {
    func contents(ofFile path: String, byteCountMax: Int) throws(FileSourceError) -> [UInt8] {
        // SAFETY: the call reads the terminated path.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure(path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= byteCountMax {
            // SAFETY: read writes at most as many bytes as the block has.
            let count = unsafe read(descriptor, &block, block.count)
            if count == 0 { break }
            if count > 0 {
                bytes += block[..<count]
            } else if errno != EINTR {
                throw Self.failure(path)
            }
        }
        return bytes
    }

    func names(inDirectory path: String) throws(FileSourceError) -> [String] {
        // SAFETY: closed once, at the end of this call.
        guard let folder = unsafe opendir(path) else { throw Self.failure(path) }
        // SAFETY: as above.
        defer { unsafe closedir(folder) }
        var names: [String] = []
        // SAFETY: the entry is valid until the next call; its name is copied before.
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
                // SAFETY: the system terminates the name inside its field.
                unsafe String(cString: UnsafeRawPointer(field).assumingMemoryBound(to: CChar.self))
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    private static func failure(_ path: String) -> FileSourceError {
        FileSourceError(path: path, reason: SystemMessage.text(of: errno))
    }
}
