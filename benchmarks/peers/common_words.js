// Makes media/src/main/resources/dev/spanda/media/moderation/common-words.hashes: the common words
// of @zxcvbn-ts/language-en 4.1.1 (npm, MIT; counted in OpenSubtitles 2024 of OPUS, ODC-BY), the
// commonest first, each as the 32-bit hash of dev.spanda.media.moderation.Hash, big end first.
//
//   npm install @zxcvbn-ts/language-en@4.1.1
//   node common_words.js common-words.hashes
'use strict';

const fs = require('node:fs');

const MOST = 40000;
const MASK = (1n << 64n) - 1n;

function hash(word) {
  let h = 0xcbf29ce484222325n;
  for (let i = 0; i < word.length; i++) {
    h = ((h ^ BigInt(word.charCodeAt(i))) * 0x100000001b3n) & MASK;
  }
  h ^= h >> 33n;
  h = (h * 0xff51afd7ed558ccdn) & MASK;
  h ^= h >> 33n;
  h = (h * 0xc4ceb9fe1a85ec53n) & MASK;
  h ^= h >> 33n;
  return Number(h & 0xffffffffn);
}

const language = require('@zxcvbn-ts/language-en');
const dictionary = (language.dictionary || language.default.dictionary);
const ordered = dictionary['commonWords-en'] || dictionary.commonWords;
const words = ordered.filter((word) => /^[a-z]{2,24}$/.test(word)).slice(0, MOST);
const out = Buffer.alloc(4 * words.length);
words.forEach((word, i) => out.writeUInt32BE(hash(word), 4 * i));
fs.writeFileSync(process.argv[2], out);
console.log(`${words.length} words`);
