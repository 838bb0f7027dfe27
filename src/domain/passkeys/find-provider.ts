// The name of whoever keeps a passkey, by the identifier of the model that an authenticator reports (AAGUID, WebAuthn L3 §6.5.1). Public facts, for the eyes of
// the passkey's own person: without attestation anybody may report any of them, so nothing is decided by a name.

export type ProviderName = { readonly ar: string; readonly en: string };

const same = (name: string): ProviderName => ({ ar: name, en: name });

const icloud = { ar: 'سلسلة مفاتيح iCloud', en: 'iCloud Keychain' };
const windows = same('Windows Hello');
const yubiKey5 = same('YubiKey 5');
const yubiKey5Nfc = same('YubiKey 5 NFC');
const yubiKey5Ci = same('YubiKey 5Ci');
const yubiKeyFips = same('YubiKey 5 FIPS');
const yubicoKey = same('Security Key by Yubico');
const yubicoKeyNfc = same('Security Key NFC by Yubico');
const authenticator = same('Microsoft Authenticator');

const names: Readonly<Record<string, ProviderName>> = {
  // Kept by a system or a browser.
  'fbfc3007-154e-4ecc-8c0b-6e020557d7bd': icloud,
  'dd4ec289-e01d-41c9-bb89-70fa845d4bf2': icloud,
  'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4': { ar: 'مدير كلمات المرور من Google', en: 'Google Password Manager' },
  'adce0002-35bc-c60a-648b-0b25f1f05503': { ar: 'Chrome على Mac', en: 'Chrome on Mac' },
  'b5397666-4885-aa6b-cebf-e52262a439a2': same('Chromium'),
  '771b48fd-d3d4-4f74-9232-fc157ab0507a': { ar: 'Edge على Mac', en: 'Edge on Mac' },
  '08987058-cadc-4b81-b6e1-30de50dcbe96': windows,
  '9ddd1817-af5a-4672-a2b9-3e3dd95000a9': windows,
  '6028b017-b1d4-4c02-b4b3-afcdafc96bb2': windows,
  'd3452668-01fd-4c12-926c-83a4204853aa': same('Microsoft Password Manager'),
  '53414d53-554e-4700-0000-000000000000': same('Samsung Pass'),
  // Kept by an application.
  'bada5566-a7aa-401f-bd96-45619a55120d': same('1Password'),
  'd548826e-79b4-db40-a3d8-11116f7e8349': same('Bitwarden'),
  '531126d6-e717-415c-9320-3d9aa6981239': same('Dashlane'),
  'b78a0a55-6ef8-d246-a042-ba0f6d55050c': same('LastPass'),
  'b84e4048-15dc-4dd0-8640-f4f60813c8af': same('NordPass'),
  '50726f74-6f6e-5061-7373-50726f746f6e': same('Proton Pass'),
  '0ea242b4-43c4-4a1b-8b17-dd6d0b6baec6': same('Keeper'),
  'f3809540-7f14-49c1-a8b3-8f813b225541': same('Enpass'),
  'fdb141b2-5d84-443e-8a35-4698c205a502': same('KeePassXC'),
  'eaecdef2-1c31-5634-8639-f1cbd9c00a08': same('KeePassDX'),
  'de1e552d-db1d-4423-a619-566b625cdc84': authenticator,
  '90a3ccdf-635c-4729-a248-9b709135078f': authenticator,
  '39a5647e-1853-446c-a1f6-a79bae9f5bc7': same('IDmelon'),
  // Models of security keys.
  'cb69481e-8ff7-4039-93ec-0a2729a154a8': yubiKey5,
  'ee882879-721c-4913-9775-3dfcce97072a': yubiKey5,
  '19083c3d-8383-4b18-bc03-8f1c9ab2fd1b': yubiKey5,
  'ff4dac45-ede8-4ec2-aced-cf66103f4335': yubiKey5,
  'fa2b99dc-9e39-4257-8f92-4a30d23c4118': yubiKey5Nfc,
  '2fc0579f-8113-47ea-b116-bb5a8db9202a': yubiKey5Nfc,
  'a25342c0-3cdc-4414-8e46-f4807fca511c': yubiKey5Nfc,
  'd7781e5d-e353-46aa-afe2-3ca49f13332a': yubiKey5Nfc,
  'c5ef55ff-ad9a-4b9f-b580-adebafe026d0': yubiKey5Ci,
  'a02167b9-ae71-4ac7-9a07-06432ebb6f1c': yubiKey5Ci,
  '24673149-6c86-42e7-98d9-433fb5b73296': yubiKey5Ci,
  '73bb0cd4-e502-49b8-9c6f-b59445bf720b': yubiKeyFips,
  'c1f9a0bc-1dd2-404a-b27f-8e29047a43fd': yubiKeyFips,
  '85203421-48f9-4355-9bc8-8a53846e5083': yubiKeyFips,
  'd8522d9f-575b-4866-88a9-ba99fa02f35b': same('YubiKey Bio'),
  'f8a011f3-8c0a-4d15-8006-17111f9edc7d': yubicoKey,
  'b92c3f9a-c014-4056-887f-140a2501163b': yubicoKey,
  '6d44ba9b-f6ec-2e49-b930-0c8fe920cb73': yubicoKeyNfc,
  '149a2021-8ef6-4133-96b8-81f8d5b7f1f5': yubicoKeyNfc,
  'a4e9fc6d-4cbe-4758-b8ba-37598bb5bbaa': yubicoKeyNfc,
  '42b4fb4a-2866-43b2-9bf7-6c6669c2e5d3': same('Google Titan'),
};

/** Undefined for a model that is not well known, and for the many that report none at all (all zeros). */
export function findProvider(aaguid: string): ProviderName | undefined {
  return names[aaguid.toLowerCase()];
}
