/** What every client has in common. */
export const CLIENT_CONFIGURATION = {
  customUserAgent: 'cdk-managed-entitlements',
  // The services answer within a second or two; a connection that hangs must not use up the time of the function.
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 20_000, throwOnRequestTimeout: true },
};
