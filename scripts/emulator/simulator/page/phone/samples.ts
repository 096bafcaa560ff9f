/** Files for those who have none at hand. */

/** A picture with the time on it, so that each is another one. */
export function samplePhoto(): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = 480;
  canvas.height = 360;
  const draw = canvas.getContext('2d');
  if (!draw) throw new Error('This browser draws no pictures.');
  const hue = Math.floor(Math.random() * 360);
  const sky = draw.createLinearGradient(0, 0, 0, 360);
  sky.addColorStop(0, `hsl(${hue} 70% 62%)`);
  sky.addColorStop(1, `hsl(${(hue + 50) % 360} 75% 78%)`);
  draw.fillStyle = sky;
  draw.fillRect(0, 0, 480, 360);
  draw.fillStyle = 'rgb(255 255 255 / 75%)';
  draw.beginPath();
  draw.arc(360, 92, 38, 0, Math.PI * 2);
  draw.fill();
  for (const [top, light] of [
    [210, 34],
    [260, 26],
  ] as const) {
    draw.fillStyle = `hsl(${hue} 40% ${light}%)`;
    draw.beginPath();
    draw.moveTo(0, 360);
    for (let x = 0; x <= 480; x += 60) draw.lineTo(x, top + Math.sin(x / 45 + top) * 34);
    draw.lineTo(480, 360);
    draw.fill();
  }
  draw.fillStyle = '#fff';
  draw.font = '28px sans-serif';
  draw.fillText(new Date().toLocaleTimeString(), 20, 336);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('No picture.'))),
      'image/jpeg',
    ),
  );
}

const AMR_HEAD = '#!AMR\n';
const AMR_FRAME = [0x04, ...new Array<number>(12).fill(0)];
const AMR_FRAMES_A_SECOND = 50;

/** Silence in the format that WeChat gives out. */
export function sampleVoice(seconds: number): Blob {
  const frames = Array.from({ length: seconds * AMR_FRAMES_A_SECOND }, () => AMR_FRAME);
  return new Blob([AMR_HEAD, new Uint8Array(frames.flat())], { type: 'audio/amr' });
}

/** The head of an MP4 file: it travels like one, and plays nothing. */
export function sampleVideo(): Blob {
  const bytes = [0, 0, 0, 24, ...new TextEncoder().encode('ftypisom'), 0, 0, 2, 0];
  return new Blob([new Uint8Array(bytes), 'isommp41'], { type: 'video/mp4' });
}

export const samplePlaces = [
  { label: '广州塔', latitude: 23.1066, longitude: 113.3245 },
  { label: '外滩', latitude: 31.2397, longitude: 121.4908 },
  { label: '故宫博物院', latitude: 39.9163, longitude: 116.3972 },
  { label: '西湖断桥', latitude: 30.2588, longitude: 120.1508 },
] as const;
