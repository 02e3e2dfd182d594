/** That a question is asked for whatever the vendors' own lists call dangerous, and for each kind of file that issue trackers name. */
import { expect, test } from 'vitest';
import { dangerousTypes, isDangerousName } from '../../src/main/files/dangerous-types.ts';

/** As read on 2026-12-01; sources as in `dangerous-types.ts`. */
const sources = {
  Chromium:
    'swf spl crx class jar jnlp pl py pyc pyd pyo pyw rb efi oxt msi msp mst ade adp mad maf mag mam maq mar ' +
    'mas mat mav maw mda mdb mde mdt mdw mdz accdb accde accdr accda ocx ops paf pcd pif plg prf prg pst cpi ' +
    'xll partial xrm-ms rels xml xsl xsd ps1 ps1xml ps2 ps2xml psc1 psc2 url website js jse vb vbe vbs ' +
    'vbscript ws wsc wsf wsh msh msh1 msh2 mshxml msh1xml msh2xml ad app application appref-ms asp asx bas ' +
    'bat cfg chi chm cmd com cpl crt cer der dll drv eml exe fon fxp gadget grp hlp hta htt inf ini ins inx ' +
    'isu isp job lnk local manifest mau mht mhtml mmc mof msc msg reg rgs scf scr sct search-ms ' +
    'settingcontent-ms shb shs slk sys u3p vdx vsx vtx vsdx vssx vstx vsdm vssm vstm vsd vsmacros vss vst ' +
    'vsw xbap xnk fileloc webloc cdr dart dc42 diskcopy42 dmg dmgpart dvdr dylib img imgpart ndif service ' +
    'smi sparsebundle sparseimage toast udif action definition wflow caction as cpgz command applescript ' +
    'scpt scptd seplugin osas osax mpkg pax workflow xip mobileconfig configprofile internetconnect ' +
    'networkconnect pkg deb pet pup rpm slp out run bash csh ksh sh shar tcsh desktop dex apk',
  Microsoft:
    'vsmacros msh2xml msh1xml diagcab ps2xml ps1xml mshxml gadget mhtml xbap psc2 psc1 msh2 msh1 jnlp aspx ' +
    'xnk xll wsh wsf wsc vsw vbs vbp vbe url tmp shs shb sct scr scf reg pst ps2 ps1 prg prf plg pif pcd osd ' +
    'ops mst msp msi msh msc mht mdz mdw mdt mde mdb mda mcf maw mav mau mat mas mar maq mam mag maf mad lnk ' +
    'ksh jse jar its isp ins inf htc hta hpj hlp grp fxp exe der csh crt cpl com cnt cmd chm cer bat bas asx ' +
    'asp app adp ade ws vb pl js appref-ms cdxml pssc udl wsb vhd vhdx py pyc pyo pyw pyz pyzw',
  Firefox:
    'action apk applescript application as btapp btinstall btkey btsearch btskin air cab cfg hqx hfs iso mim ' +
    'oxt service swm torrent udf vmdk wim xar xldm',
};

/** Data that an editor or a mail program shows. */
const leftOut = new Set(['xml', 'xsd', 'pst', 'tmp', 'mim', 'torrent']);

test.each(Object.entries(sources))('all that %s names is asked about', (_, endings) => {
  const missing = endings.split(' ').filter((ending) => !isDangerousName(`x.${ending}`) && !leftOut.has(ending));
  expect(missing).toEqual([]);
});

test.each([
  ['ClickOnce', 'a.application b.appref-ms c.vsto d.deploy.application'],
  ['settings and consoles', 'a.settingcontent-ms b.msc c.mmc d.cpl e.appcontent-ms f.reg'],
  ['HTML help', 'a.chm b.hlp c.hta d.mht'],
  ['disk images and profiles', 'a.iso b.img c.vhd d.vhdx e.ppkg f.dmg g.mobileconfig h.configprofile'],
  ['links that start something', 'a.webloc b.inetloc c.fileloc d.url e.desktop f.lnk g.ftploc h.website'],
  ['what Explorer acts upon', 'a.scf b.library-ms c.search-ms d.searchconnector-ms e.theme f.gadget'],
  ['Java', 'a.jnlp b.jar c.class'],
  [
    'endings that hide',
    'a.EXE b.exe. c.exe:x d.e\u200bxe e.pdf\u202e.scr f.{00021401-0000-0000-c000-000000000046} g.pdf.lnk h.Msc',
  ],
])('%s', (_, names) => {
  expect(names.split(' ').filter((name) => !isDangerousName(name))).toEqual([]);
});

test('no document, picture, film or archive that people open daily is asked about', () => {
  const plain =
    'pdf txt md docx xlsx pptx odt jpg jpeg png gif webp svg mp3 flac mp4 mkv webm zip 7z rar gz xz zst epub csv json';
  expect(plain.split(' ').filter((ending) => isDangerousName(`x.${ending}`))).toEqual([]);
  expect(dangerousTypes.length).toBeGreaterThan(0);
});
