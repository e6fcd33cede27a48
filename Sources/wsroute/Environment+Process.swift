import Glibc
import RouteSyntax

extension Environment {
    /// The variables that this program was started with.
    static var ofProcess: Environment {
        var values: [String: String] = [:]
        // SAFETY: the system sets the vector up before the program starts.
        var entry: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> = unsafe environ
        // SAFETY: the vector ends with nil, and nothing in this program changes it.
        while let text = unsafe entry.pointee {
            // SAFETY: every entry is a terminated text.
            let variable = unsafe String(cString: text)
            if let equals = variable.firstIndex(of: "=") {
                let name = String(variable[..<equals])
                values[name] = String(variable[variable.index(after: equals)...])
            }
            // SAFETY: this entry was not the nil at the end.
            unsafe entry = entry.advanced(by: 1)
        }
        return Environment(values)
    }
}
