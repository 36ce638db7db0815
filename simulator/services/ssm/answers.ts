import { Parameter, ParameterVersion } from './parameter-store';

/** Guess: what stands for the value of a SecureString that nobody asked to decrypt; AWS answers a text that only AWS KMS can read. */
function encrypted(value: string): string {
  return Buffer.from(`encrypted ${value}`).toString('base64');
}

export function parameterAnswer({ name, arn, type }: Parameter, { value, version, dataType, modifiedAt }: ParameterVersion, decrypted = false) {
  return {
    Name: name,
    Type: type,
    Value: type === 'SecureString' && !decrypted ? encrypted(value) : value,
    Version: version,
    LastModifiedDate: modifiedAt,
    ARN: arn,
    DataType: dataType,
  };
}
