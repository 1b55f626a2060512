import { isNativeError } from 'node:util/types';
import { errorCode } from './diagnostics.ts';

const isAboutCertificate = /CERT|CRL|ISSUER|LEAF_SIGNATURE|HOSTNAME|INVALID_(?:CA|PURPOSE)/;
const isAboutTrust = /SELF_SIGNED|ISSUER|LEAF_SIGNATURE/;

/** Why a server's certificate is not accepted, and what to do, as a clause; null for any other error. */
export function certificateProblem(error: unknown): string | null {
  const code = errorCode(error) ?? '';
  const isOther = code.startsWith('ERR_SSL_') || !isAboutCertificate.test(code);
  if (!isNativeError(error) || isOther) return null;
  const [reason] = error.message.split('; if the root CA', 1); // what follows is about Node.js
  const advice = isAboutTrust.test(code)
    ? 'set NODE_EXTRA_CA_CERTS to the file of its CA certificate, or add --insecure'
    : 'use a valid certificate, or add --insecure';
  return `its certificate cannot be verified (${reason}): ${advice}`;
}
