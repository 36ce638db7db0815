import { AllowedOperation } from '../grant/allowed-operation';

/** The operations a grant can list: https://docs.aws.amazon.com/license-manager/latest/APIReference/API_CreateGrant.html */
const MAXIMUM_COUNT = 8;

/** A license of AWS Marketplace cannot be granted on by those who received it. */
const NOT_FOR_GRANTEES = 'CreateGrant';

export function requireAllowedOperations(operations: AllowedOperation[] | undefined): void {
  if (operations === undefined) {
    return;
  }
  const names = operations.map((operation) => operation.name);
  if (names.length === 0 || names.length > MAXIMUM_COUNT) {
    throw new Error(
      `\`allowedOperations\` must have 1 to ${MAXIMUM_COUNT} operations, got ${names.length}; without it the grant allows what the license allows`,
    );
  }
  if (names.includes(NOT_FOR_GRANTEES)) {
    throw new Error(`\`allowedOperations\` must not have ${NOT_FOR_GRANTEES}, got [${names}]; only the holder of a Marketplace license can grant it`);
  }
  if (new Set(names).size < names.length) {
    throw new Error(`\`allowedOperations\` must not repeat an operation, got [${names}]; name each once`);
  }
}
