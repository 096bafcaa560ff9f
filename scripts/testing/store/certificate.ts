/**
 * A certificate for `localhost`, valid from 2020 to 2119, that no authority has signed, and its key. They
 * are made for the tests and prove nothing to anyone else.
 */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBlDCCATugAwIBAgIUCzY0N11wQiP4DdbBQsnfXaT0XuAwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTIwMDEwMTAwMDAwMFoYDzIxMTkxMjA4
MDAwMDAwWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQkFQsOQ0fjBkfOYBV82z/FQIx9ISbF4yjO7ZjFizQ+Nh0Agz4KCrAG
bAVr4d45QgHfCFluTR9v/evoxYF8w+hgo2kwZzAdBgNVHQ4EFgQUtXcZcFBXy8XC
aLTM/2K1tXRGBMkwHwYDVR0jBBgwFoAUtXcZcFBXy8XCaLTM/2K1tXRGBMkwDwYD
VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
RwAwRAIgR7CWftfg2NcSCD5kaxcAlmF90g24+VwABCwFU20MtiECICdjcmjdQx7l
ed/e/Uo16YkKuLIEpRlob9SoXalccEok
-----END CERTIFICATE-----
`;

export const certificateKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgi9EOHhl86f0FYhf8
sxH/F8FyqSa7CmJQMyYCDzfXa3KhRANCAAQkFQsOQ0fjBkfOYBV82z/FQIx9ISbF
4yjO7ZjFizQ+Nh0Agz4KCrAGbAVr4d45QgHfCFluTR9v/evoxYF8w+hg
-----END PRIVATE KEY-----
`;
