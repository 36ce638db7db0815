/** What an AWS Signature Version 4 says about its request. */
export interface Signature {
  readonly accessKeyId: string;
  readonly region: string;
  readonly signingName: string;
}

/** `AWS4-HMAC-SHA256 Credential=KEY/20260701/us-east-1/license-manager/aws4_request, SignedHeaders=…, Signature=…` */
const CREDENTIAL_SCOPE = /^AWS4-HMAC-SHA256\s+.*?Credential=([^/,\s]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/;

export function readSignature(authorizationHeader: string | undefined): Signature | undefined {
  const match = CREDENTIAL_SCOPE.exec(authorizationHeader ?? '');
  return match ? { accessKeyId: match[1], region: match[2], signingName: match[3] } : undefined;
}
