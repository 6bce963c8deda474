"""The printed words of the review sheets that are not content."""

from __future__ import annotations

from types import MappingProxyType

from kiosk.domain.language import Words

LABELS = MappingProxyType(
    {
        "title": Words("临床内容审阅表", "Clinical content review sheet"),
        "product": Words("导诊自助机", "Daozhen lobby kiosk"),
        "hospital": Words("医院", "Hospital"),
        "department": Words("科室", "Department"),
        "nhc": Words("诊疗科目代码", "Service code"),
        "version": Words("内容版本", "Content version"),
        "fingerprint": Words("本表指纹", "Sheet fingerprint"),
        "date": Words("打印日期", "Printed on"),
        "who": Words("适用人群", "For"),
        "everybody": Words("所有人", "everybody"),
        "sensitive": Words("敏感科室：叫号屏不显示科室名称", "Sensitive: its name is kept off public screens"),
        "to_sign": Words("需审阅", "To review"),
        "count_conditions": Words("种疾病", "conditions"),
        "count_rules": Words("条危急规则", "red-flag rules"),
        "count_questions": Words("个问题", "questions"),
        "count_first": Words("组先问的问题或危险图", "lists of first questions or dangers"),
        "conditions": Words("一、疾病", "1. Conditions"),
        "conditions_intro": Words(
            "程序用这些数字判断该去哪个科室、先问什么，不作诊断，患者看不到病名。百分比是患此病的人中有该表现的比例；"
            "“×2”表示在该人群中是平均的2倍。请逐条勾选，需要改的请写出应改成多少。",
            "The kiosk uses these figures to choose the department and the next question. It makes no diagnosis, and "
            "patients never see a condition's name. A percentage is the share of people with the condition who have "
            "the finding; ×2 means twice as common in that group. Tick every row; write the right figure beside a "
            "wrong one.",
        ),
        "condition": Words("疾病", "Condition"),
        "findings": Words("表现：患此病者中的比例", "Findings: share of people with the condition"),
        "review": Words("审阅", "Review"),
        "visits": Words("频率", "How common"),
        "goes_to": Words("去向", "Goes to"),
        "modifiers": Words("人群与季节", "Groups and seasons"),
        "worse_with": Words("有则更急", "More urgent with"),
        "beside": Words("不可漏诊", "Not to miss beside it"),
        "self_limiting": Words("通常可自愈，可建议居家观察", "Usually passes by itself: home advice possible"),
        "caught": Words("危急规则最多能识别", "Red flags catch at most"),
        "caught_of": Words("的此类患者", "of its patients"),
        "source": Words("来源", "Source"),
        "state": Words("状态", "State"),
        "agree": Words("同意", "agree"),
        "change": Words("修改", "change"),
        "remark": Words("备注", "Remark"),
        "others": Words("由其他科室审阅、也可能来本科的疾病", "Conditions that also come here, signed by others"),
        "others_intro": Words("仅供参考，无需勾选。", "For information; nothing to tick."),
        "rules": Words("二、危急规则", "2. Red-flag rules"),
        "rules_intro": Words(
            "规则成立时，程序立即给出至少这一级别，任何模型都不能降级。“未知”既不算有也不算没有。理由只给医护看。",
            "When a rule holds, the kiosk gives at least this level at once, and no model can lower it. An unknown "
            "answer counts neither as yes nor as no. The reason is shown to staff only.",
        ),
        "topic": Words("主诉", "Complaint"),
        "when": Words("条件", "When"),
        "then": Words("结果", "Then"),
        "to": Words("送往", "to"),
        "reason": Words("理由", "Reason"),
        "tell_staff": Words("同时呼叫护士，不可独处", "calls a nurse; not to be left alone"),
        "rules_beside": Words("识别本科危急疾病的其他规则", "Other rules that catch this department's emergencies"),
        "rules_beside_intro": Words(
            "由送往的科室签署，仅供参考；如有遗漏请写在最后一页。",
            "Signed by the department they send to; for information. Note what is missing on the last page.",
        ),
        "routes": Words("三、怎样会来到本科", "3. What leads here"),
        "questions": Words("四、问患者的问题", "4. Questions to patients"),
        "questions_intro": Words(
            "患者在屏幕上看到的原话，按“有／没有／不确定”回答。请看是否一读就懂，是否只问一件事。",
            "What patients read on the screen and answer with yes, no or not sure. Is it understood at once, and does "
            "it ask one thing only?",
        ),
        "question": Words("问题", "Question"),
        "finding": Words("对应表现", "Finding"),
        "hint": Words("提示", "Hint"),
        "questions_beside": Words("本科患者也会被问到的问题", "Other questions this department's patients are asked"),
        "questions_beside_intro": Words("由所列科室签署，仅供参考。", "Signed by the department named."),
        "signed_by": Words("签署科室", "Signed by"),
        "first": Words("五、先问什么", "5. What is asked first"),
        "first_intro": Words(
            "患者说出左列表现后，导诊先按顺序问右列；已说过的、不可能的不问。危险的是否在前，是否有遗漏？",
            "Once a patient has named the complaint, these are asked first, in this order, leaving out what was said "
            "or cannot be. Does the dangerous come first, and is anything missing?",
        ),
        "dangers": Words("六、危险图", "6. Pictures of dangers"),
        "dangers_intro": Words(
            "提问之前，每位患者都看到左列的图：“现在有下面的情况吗？”点一张图后，从右列中选。是否缺一种危险，说法是否一看就懂？",
            'Before the questions every patient sees the pictures on the left: "Is one of these happening now?" Under '
            "a picture they choose from the right. Is a danger missing, and is each understood at once?",
        ),
        "danger": Words("图", "Picture"),
        "offered": Words("从中选择", "To choose from"),
        "complaint": Words("主诉", "Complaint"),
        "asked": Words("依次询问", "Asked in this order"),
        "nothing": Words("（无）", "(none)"),
        "missing": Words("缺少的疾病、规则或问题，以及其他意见", "What is missing, and other remarks"),
        "signature": Words("签署", "Signature"),
        "statement": Words(
            "本人已逐条审阅本表。同意标“同意”的条目用于本院导诊；标“修改”的条目改正后须重新打印审阅。",
            "I have reviewed every row of this sheet. Rows ticked “agree” may be used for this hospital's kiosk; rows "
            "ticked “change” must be corrected, printed and reviewed again.",
        ),
        "name": Words("姓名", "Name"),
        "job": Words("职称／职务", "Title"),
        "sign": Words("签名", "Signature"),
        "signed_on": Words("日期", "Date"),
        "stamp": Words("科室盖章", "Department stamp"),
        "head": Words("科室主任", "Head of department"),
        "second": Words("第二审阅人", "Second reviewer"),
        "initials": Words("本页审阅人", "Initials"),
    }
)
