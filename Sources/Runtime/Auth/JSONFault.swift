/// Why a text is no JSON that is taken here.
enum JSONFault: Error, Equatable {
    /// Not of the grammar of RFC 8259, or followed by something.
    case malformed
    case notUTF8
    case tooDeep
    case tooManyValues
    /// An object has two members of one name, of which two readers may take different ones.
    case repeatedName
}
