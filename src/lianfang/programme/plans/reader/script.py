"""Traditional characters of plans read as simplified ones, and names given back in the script they were written in."""

from __future__ import annotations

_PAIRS = (
    "階阶個个於于報报總总結结動动員员實实導导組组織织領领單单關关務务處处區区縣县鄉乡鎮镇廳厅廠厂廣广黨党紀纪檢检"
    "監监責责書书記记長长辦办業业專专項项糾纠進进開开發发為为與与並并將将對对應应須须從从號号級级類类種种點点間间"
    "時时後后當当舉举會会議议談谈論论學学習习訓训練练標标準准則则條条規规範范圍围據据計计劃划統统籌筹協协調调設设"
    "備备營营環环創创優优質质評评審审擺摆問问題题風风險险隱隐違违歸归納纳執执認认識识確确經经驗验證证稱称見见觀观"
    "視视請请說说講讲話话語语讀读課课試试誠诚諾诺謝谢護护負负財财資资產产貪贪賬账賄贿購购賽赛趕赶運运過过還还這这"
    "達达遲迟選选邊边郵邮門门閉闭陽阳隊队難难電电響响頁页順顺預预頒颁願愿顧顾飯饭駐驻驟骤體体齊齐龍龙億亿萬万兩两"
    "幾几雙双參参變变團团國国場场壓压壞坏壯壮夠够獎奖婦妇孫孙寫写寧宁寬宽層层屬属歲岁島岛幹干廢废張张強强彙汇徑径"
    "徵征恆恒惡恶態态慣惯憑凭懲惩戰战戶户掃扫採采揚扬換换損损搶抢摻掺擔担擬拟擴扩攔拦攜携敗败敵敌數数斷断晉晋晝昼"
    "暫暂曉晓東东極极構构樓楼樣样權权欄栏歷历殘残毀毁決决沒没況况測测湊凑溝沟滿满漁渔潔洁瀏浏灣湾煩烦熱热爭争牆墙"
    "獨独獲获現现畢毕異异療疗盡尽礙碍離离稅税穩稳窮穷競竞筆笔簡简簽签糧粮緊紧線线編编締缔緩缓縱纵績绩繼继續续罰罚"
    "義义聯联職职聽听膽胆舊旧莊庄藝艺藥药蘭兰補补裝装製制複复術术衛卫裡里貫贯機机轉转顯显徹彻傳传該该讓让擇择擾扰"
    "贊赞鎖锁鑒鉴銷销錄录鏈链鍵键鄰邻遺遗適适勢势勞劳勵励勝胜氣气漢汉濟济濫滥滯滞爾尔盤盘矯矫礎础禮礼積积竊窃築筑"
    "紅红約约純纯紙纸細细終终給给絡络絕绝維维網网緒绪縮缩繳缴羅罗聞闻聲声肅肃脅胁腦脑臨临興兴蓋盖薦荐虛虚覽览觸触"
    "訊讯討讨託托訪访許许訴诉診诊註注詢询詳详誤误誰谁諮咨謀谋謹谨譽誉貧贫貨货費费貿贸賓宾賠赔軌轨軍军軟软較较載载"
    "輔辅輕轻輪轮輸输辭辞農农遠远遞递遷迁醫医釋释針针錢钱錯错鐵铁閱阅闡阐際际陳陈陸陆隨随雜杂靜静頻频額额飛飞養养"
    "館馆馬马驅驱鮮鲜節节鄧邓帳账臺台儘尽裏里"
)
_SIMPLE = {ord(old): new for old, new in zip(_PAIRS[::2], _PAIRS[1::2], strict=True)}


def simplified(char: str) -> str:
    """The simplified form of one character, itself where there is none.

    >>> simplified("階"), simplified("段")
    ('阶', '段')
    """
    return _SIMPLE.get(ord(char), char)


def written_script(original: str) -> dict[int, str]:
    """How ``original`` writes what was read as simplified: only characters that it never writes in their simple form.

    The table fits :meth:`str.translate`; it is empty for a text in simplified characters.
    """
    used = set(original)
    return {ord(new): chr(old) for old, new in _SIMPLE.items() if chr(old) in used and new not in used}
