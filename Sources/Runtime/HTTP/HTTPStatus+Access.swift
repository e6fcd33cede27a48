extension HTTPStatus {
    package static let accepted = HTTPStatus(rawValue: 202)
    package static let unauthorized = HTTPStatus(rawValue: 401)
    package static let forbidden = HTTPStatus(rawValue: 403)
    package static let lengthRequired = HTTPStatus(rawValue: 411)
    package static let unsupportedMediaType = HTTPStatus(rawValue: 415)
}
